import type { Operation } from '../../landlock/operation.js';
import type { Gap } from '../../tracer/trace.js';
import { readTrace } from '../../tracer/trace-file.js';

/** What a trace file says that a program did, in order of first asking, and what was not seen. */
export async function learnedBy(
  file: string,
  program: string,
): Promise<{ readonly operations: readonly Operation[]; readonly gaps: readonly Gap[] }> {
  const { operations, integrity } = await readTrace(file);
  return {
    operations: [...operations]
      .filter(({ executable }) => executable === program)
      .map(({ operation }) => operation),
    gaps: integrity,
  };
}

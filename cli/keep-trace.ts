import type { Trace } from '../tracer/trace.js';
import { traceLines } from '../tracer/trace-file.js';
import { keepFile } from './kept-files.js';
import { tell } from './output.js';
import { writeFileWhole } from './write-file.js';

/** Writes a trace where it is wanted; where that fails, it is kept elsewhere before that is told. */
export function writeTrace(file: string, trace: Trace, name: string): void {
  try {
    writeFileWhole(file, traceLines(trace), 'the trace');
  } catch (error) {
    keepTrace(trace, name);
    throw error;
  }
}

/**
 * Keeps a trace whose profile could not be, or was not to be, written: what a long run has shown
 * is never lost. Tells where it is.
 */
export function keepTrace(trace: Trace, name: string): void {
  const file = keepFile(`${name}.trace.jsonl`, () => traceLines(trace), 'the trace');
  tell(
    file === undefined
      ? 'the trace could not be kept either: no place to write was found'
      : `the trace is kept in ${file} (ll-learn infer makes a profile of it)`,
  );
}

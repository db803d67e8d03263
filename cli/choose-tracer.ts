import { permissiveTracer } from '../tracer/permissive/tracer.js';
import { straceTracer } from '../tracer/strace/tracer.js';
import type { Trace } from '../tracer/trace.js';
import { type Tracer, TracerRefused } from '../tracer/tracer.js';
import { CommandError } from './errors.js';

/** Every tracer that there is, the cheapest first. */
export const tracers: readonly Tracer[] = [permissiveTracer, straceTracer];

/** The names that `--tracer` takes. */
export const tracerChoices = ['auto', 'permissive', 'strace'] as const;

/**
 * Traces with the tracer that was asked for, or with the first that works here.
 *
 * @throws CommandError when none does, with the reasons and the remedies; nothing was run then.
 */
export async function traceWith(
  choice: (typeof tracerChoices)[number],
  trace: (tracer: Tracer) => Promise<Trace>,
): Promise<Trace> {
  const reasons: string[] = [];
  for (const tracer of tracers) {
    if (choice !== 'auto' && tracer.name !== choice) continue;
    const availability = tracer.availability();
    if (!availability.usable) {
      reasons.push(`${availability.reason}; ${availability.remedy}`);
      continue;
    }
    try {
      return await trace(tracer);
    } catch (error) {
      if (!(error instanceof TracerRefused)) throw error;
      reasons.push(error.message);
      if (!error.elsewhere) break;
    }
  }
  throw new CommandError(`nothing was run, since it cannot be traced: ${reasons.join('. ')}`);
}

import type { Trace } from '../tracer/trace.js';
import { type Tracer, TracerBroken, TracerRefused } from '../tracer/tracer.js';
import { CommandError } from './errors.js';

/** Every tracer that there is, the cheapest first; each is loaded when its turn comes. */
export const tracers: readonly LoadableTracer[] = [
  {
    name: 'permissive',
    load: async () => (await import('../tracer/permissive/tracer.js')).permissiveTracer,
  },
  { name: 'strace', load: async () => (await import('../tracer/strace/tracer.js')).straceTracer },
];

interface LoadableTracer {
  readonly name: Exclude<TracerChoice, 'auto'>;
  readonly load: () => Promise<Tracer>;
}

/** The names that `--tracer` takes. */
export const tracerChoices = ['auto', 'permissive', 'strace'] as const;
export type TracerChoice = (typeof tracerChoices)[number];

/**
 * Traces with the tracer that was asked for, or with the first that works here.
 *
 * @throws CommandError when none does, with the reasons and the remedies, and nothing was run; or
 * when one failed during the run.
 */
export async function traceWith(
  choice: TracerChoice,
  trace: (tracer: Tracer) => Promise<Trace>,
): Promise<Trace> {
  const reasons: string[] = [];
  for (const { name, load } of tracers) {
    if (choice !== 'auto' && name !== choice) continue;
    const tracer = await load();
    const availability = tracer.availability();
    if (!availability.usable) {
      reasons.push(`${availability.reason}; ${availability.remedy}`);
      continue;
    }
    try {
      return await trace(tracer);
    } catch (error) {
      if (error instanceof TracerBroken) throw new CommandError(error.message);
      if (!(error instanceof TracerRefused)) throw error;
      reasons.push(error.message);
      if (!error.elsewhere) break;
    }
  }
  throw new CommandError(`nothing was run, since it cannot be traced: ${reasons.join('. ')}`);
}

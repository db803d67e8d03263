import { permissiveTracer } from '../tracer/permissive/tracer.js';
import { straceTracer } from '../tracer/strace/tracer.js';
import type { Tracer } from '../tracer/tracer.js';
import { CommandError } from './errors.js';

/** Every tracer that there is, the cheapest first. */
export const tracers: readonly Tracer[] = [permissiveTracer, straceTracer];

/** The names that `--tracer` takes. */
export const tracerChoices = ['auto', 'permissive', 'strace'] as const;

/**
 * The first tracer that works here, or the one that was asked for.
 *
 * @throws CommandError when none does, with the reason and the remedy.
 */
export function chooseTracer(choice: (typeof tracerChoices)[number]): Tracer {
  const refusals: string[] = [];
  for (const tracer of tracers) {
    if (choice !== 'auto' && tracer.name !== choice) continue;
    const availability = tracer.availability();
    if (availability.usable) return tracer;
    refusals.push(`${availability.reason}; ${availability.remedy}`);
  }
  throw new CommandError(`nothing was run, since it cannot be traced: ${refusals.join('. ')}`);
}

import type { Trace } from '../../tracer/trace.js';
import { keepTrace, writeTrace } from '../keep-trace.js';
import type { LearnRequest } from '../learn-request.js';

/**
 * Writes the traces of all runs where they are wanted, or else where such things are kept. The
 * second has a `.2` at its name, and so on.
 */
export function keepTraces({ traceFile, name }: LearnRequest, traces: readonly Trace[]): void {
  for (const [at, trace] of traces.entries()) {
    const suffix = at === 0 ? '' : `.${at + 1}`;
    if (traceFile !== undefined) writeTrace(`${traceFile}${suffix}`, trace, `${name}${suffix}`);
    else keepTrace(trace, `${name}${suffix}`);
  }
}

import { blindSpots, describeGap } from '../../tracer/trace.js';
import type { ParsedWords } from '../options.js';
import { describeOutcome } from '../result.js';
import { switchOption } from '../values.js';
import type { NamedTrace } from './inputs.js';

/** Reasons not to trust the traces that the options have not waved through. */
export function doubtsAbout(traces: readonly NamedTrace[], parsed: ParsedWords): readonly string[] {
  return traces.flatMap((trace) => {
    const { outcome, file } = trace;
    const failed = outcome.kind === 'killed' || (outcome.kind === 'exited' && outcome.status !== 0);
    return [
      ...(failed && !switchOption(parsed, 'keep-partial')
        ? [
            `${file}: the command ${describeOutcome(outcome)} (--keep-partial takes it all the same)`,
          ]
        : []),
      ...(switchOption(parsed, 'allow-incomplete')
        ? []
        : blindSpots(trace).map((gap) => `${file}: ${describeGap(gap)} (--allow-incomplete)`)),
    ];
  });
}

import { inferToDecide, type ToDecide } from '../../inference/infer-selected.js';
import type { Trace } from '../../tracer/trace.js';
import { type BaseProfile, lacking } from '../base-profile.js';
import { foldingFor } from '../folding-for.js';
import type { LearnRequest } from '../learn-request.js';
import { runOf } from '../run-of.js';
import { wishesFor } from '../wishes.js';

type Measure = NonNullable<Parameters<typeof foldingFor>[2]>;

/**
 * What several runs of the same command ask together, or what a profile lacks of that.
 *
 * @param measure - what counts on the disk, where that is not to be counted anew.
 */
export function toDecideOf(
  { wishes, fold, decisions, base: given }: LearnRequest,
  abi: number,
  traces: readonly Trace[],
  {
    base = given,
    measure,
  }: { readonly base?: BaseProfile | undefined; readonly measure?: Measure } = {},
): ToDecide {
  const runs = traces.map(runOf);
  const headers = traces.map(({ header }) => header);
  const folding = foldingFor(fold, decisions, measure);
  return lacking(base, inferToDecide(runs, abi, wishesFor(wishes, headers), folding), runs);
}

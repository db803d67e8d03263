import type { Decision } from '../inference/decisions/decision.js';
import { extentRequest } from '../inference/extent-request.js';
import { dearnessOf, type Folding, unfolded } from '../inference/folding.js';
import type { Observed } from '../inference/observe.js';
import type { Extents } from '../tracer/extent.js';
import { measureExtents } from '../tracer/measure-extents.js';
import type { FoldChoice } from './fold-option.js';
import { releaseMemory } from './release-memory.js';

/**
 * Folding as it was chosen, by what is on the disk of this machine now.
 *
 * @param measure - what counts there.
 */
export function foldingFor(
  choice: FoldChoice,
  decisions: readonly Decision[] = [],
  measure: typeof measureExtents = measureExtents,
): (observed: Observed) => Folding {
  const { maxRules, reproducible } = choice;
  if (reproducible === true) return () => unfolded;
  const dearness = dearnessFor(choice, decisions);
  return (observed) => {
    releaseMemory();
    const extents = extentsOf(observed, maxRules === undefined ? dearness : 0, measure);
    releaseMemory();
    return { dearness, maxRules, extents };
  };
}

function extentsOf(observed: Observed, dearness: number, measure: typeof measureExtents): Extents {
  return measure(extentRequest(observed, dearness), patience);
}

/** The dearness that was decided in a review, or chosen. */
export function dearnessFor({ fold, asked }: FoldChoice, decisions: readonly Decision[]): number {
  const decided = decisions.flatMap(({ subject }) =>
    subject.kind === 'folding' ? [subject.dearness] : [],
  )[0];
  return asked === true ? dearnessOf[fold] : (decided ?? dearnessOf[fold]);
}

/** What there is on the disk for every way to fold, as far as a person waits for it. */
export function extentsForSlider(observed: Observed): Extents {
  return measureExtents(extentRequest(observed, dearnessOf.broad), shortPatience);
}

/** With counting what folding would open: what takes longer is left as it is. */
const patience = { objects: 40_000, milliseconds: 5000, forMet: 0.03 };
const shortPatience = { objects: 40_000, milliseconds: 1000, forMet: 0.005 };

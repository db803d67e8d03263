import { extentRequest } from '../inference/extent-request.js';
import { dearnessOf, type Folding } from '../inference/folding.js';
import type { Observed } from '../inference/observe.js';
import { measureExtents } from '../tracer/measure-extents.js';
import type { FoldChoice } from './fold-option.js';

/** Folding as it was chosen, by what is on the disk of this machine now. */
export function foldingFor({ fold, maxRules }: FoldChoice): (observed: Observed) => Folding {
  const dearness = dearnessOf[fold];
  return (observed) => {
    const request = extentRequest(observed, maxRules === undefined ? dearness : 0);
    return { dearness, maxRules, extents: measureExtents(request, patience) };
  };
}

/** With counting what folding would open: what takes longer is left as it is. */
const patience = { objects: 40_000, milliseconds: 5000 };

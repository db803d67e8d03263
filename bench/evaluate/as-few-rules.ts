import { foldingFor } from '../../cli/folding-for.js';
import type { Folding } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import type { Lesson } from './lesson.js';

/** Ours, folded until there are no more rules than another has: what is on the disk is counted once. */
export function asFewRules({ observed }: Lesson): (rules: number) => Inference {
  let counted: Folding | undefined;
  return (maxRules) => {
    counted ??= foldingFor({ fold: 'balanced', maxRules })(observed);
    return conclude(observed, { ...counted, maxRules });
  };
}

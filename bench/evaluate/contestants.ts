import { foldingFor } from '../../cli/folding-for.js';
import { foldNames } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import type { Lesson } from './lesson.js';
import { atMostFiveRules } from './rivals/at-most-five-rules.js';
import { fourEntries } from './rivals/four-entries.js';
import { asGiven, type Rule } from './rivals/rule.js';
import { scores } from './rivals/scores.js';
import { threeNames } from './rivals/three-names.js';

/** One way to make rules of what was observed. */
export interface Contestant {
  readonly name: string;
  readonly ours: boolean;
  readonly inferFrom: (lesson: Lesson) => Inference;
}

export const contestants: readonly Contestant[] = [
  ...foldNames.map((fold) => ({
    name: fold,
    ours: true,
    inferFrom: ({ observed }: Lesson) =>
      conclude(observed, foldingFor({ fold, maxRules: undefined })(observed)),
  })),
  rival('four entries', fourEntries),
  rival('three names', threeNames),
  rival('five rules', atMostFiveRules),
  rival('scores', scores),
];

/**
 * A rival's folding, put on top of what we have made of the run before we fold: it is spared the
 * mistakes that it may make with what a run makes, removes and renames.
 */
function rival(name: string, fold: (rules: readonly Rule[]) => readonly Rule[]): Contestant {
  return {
    name,
    ours: false,
    inferFrom: ({ exact }) => ({ ...exact, paths: fold(exact.paths).map(asGiven), findings: [] }),
  };
}

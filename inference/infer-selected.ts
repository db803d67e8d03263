import type { Extents } from '../tracer/extent.js';
import { type Grounds, groundsOf } from './decisions/grounds.js';
import { familyRules } from './family-rules.js';
import { findingsInOrder } from './findings.js';
import { type FoldSlider, foldSlider } from './fold-slider.js';
import { type Folding, unfolded } from './folding.js';
import type { Foreseen } from './foreseen.js';
import { conclude } from './infer.js';
import type { Inference, PathRule } from './inference.js';
import { leftOutFindings } from './left-out.js';
import { type Observed, observe } from './observe.js';
import { Globs, type PathGlob } from './path-glob.js';
import type { Run } from './run.js';
import { isIncluded, type Selection, select } from './selection.js';

/** What a person wants of an inference, in globs. */
export interface Wishes extends Selection {
  readonly neverFold: readonly PathGlob[];
  /** What is granted although it was looked for and not there. */
  readonly missing: readonly PathGlob[];
}

export interface ToDecide {
  readonly inference: Inference;
  readonly grounds: Grounds;
  /** Other ways to fold; it takes as long as counting on the disk does. */
  readonly sliderBy?: (extentsOf: (observed: Observed) => Extents) => FoldSlider;
}

/**
 * Infers from what is to be granted, tells what is not, and which rules are of a family. Folding
 * does not grant what is not to be granted either.
 *
 * @param foldingFor - how to fold what was observed.
 */
export function inferSelected(
  runs: readonly Run[],
  abi: number,
  wishes: Wishes,
  foldingFor: (observed: Observed) => Folding = () => unfolded,
): Inference {
  return inferToDecide(runs, abi, wishes, foldingFor).inference;
}

/** The same, with what decisions about it are to be weighed by. */
export function inferToDecide(
  runs: readonly Run[],
  abi: number,
  wishes: Wishes,
  foldingFor: (observed: Observed) => Folding = () => unfolded,
): ToDecide {
  const { runs: selected, leftOut } = select(runs, wishes);
  const shown = observe(selected, abi, [...wishes.neverFold, ...wishes.exclude]);
  const observed = {
    ...shown,
    foreseen: wanted(shown.foreseen, wishes),
    lookups: lookedFor(shown.lookups, wishes),
  };
  const inferBy = (folding: Folding): Inference => {
    const inference = conclude(observed, folding);
    const told = leftOutFindings(leftOut, inference);
    return {
      ...inference,
      findings: findingsInOrder([...inference.findings, ...told]),
      families: familyRules(
        inference.paths,
        runs.map(({ environment }) => environment),
      ),
    };
  };
  const folding = foldingFor(observed);
  return {
    grounds: groundsOf(observed, folding.extents),
    inference: inferBy(folding),
    sliderBy: (extentsOf) => {
      const extents = extentsOf(observed);
      const inferAt = (dearness: number) => inferBy({ dearness, maxRules: undefined, extents });
      return foldSlider(observed, extents, inferAt);
    },
  };
}

/** Only what is included, where a person says what is: nothing comes along with it. */
function wanted({ needs, ifThere }: Foreseen, { include }: Wishes): Foreseen {
  const among = isIncluded(include);
  return {
    needs: needs.filter(({ node }) => among(node.path)),
    ifThere: ifThere.filter(({ node }) => among(node.path)),
  };
}

/** What is wanted of what was looked for and not there is offered no more, but granted. */
function lookedFor(
  lookups: readonly PathRule[],
  { include, exclude, missing }: Wishes,
): readonly PathRule[] {
  const among = isIncluded(include);
  const excluded = new Globs(exclude);
  const wanted = new Globs(missing);
  return lookups
    .filter(({ path }) => among(path) && excluded.holding(path) === undefined)
    .map(({ offered, ...rule }) => (wanted.holding(rule.path) ? rule : { ...rule, offered: true }));
}

import { difference, type FsAccess, intersection } from '../landlock/access-set.js';
import type { FoldNode } from './fold-tree.js';
import { alike } from './prices.js';

/** The sets of rights that are given at a path all together or not at all. */
export type Bundles = (fold: FoldNode) => readonly FsAccess[];

/**
 * Rights that are needed on the very same paths below, and priced alike, go together in some best
 * plan: if one of them were given higher up, the cheaper of the two places would do for both.
 * Where even so the choices are too many, all that are priced alike go together.
 */
export function bundlesFor(top: FoldNode): Bundles {
  const exact = new Map<FoldNode, readonly FsAccess[]>();
  part(top, exact);
  let choices = 0;
  for (const bundles of exact.values()) choices += 3 ** bundles.length;
  return choices <= mostChoices ? (fold) => exact.get(fold) ?? alike : () => alike;
}

const mostChoices = 3_000_000;

function part(fold: FoldNode, found: Map<FoldNode, readonly FsAccess[]>): readonly FsAccess[] {
  if (fold.below.length === 0) return partedBy(alike, fold.needed);
  let bundles = partedBy(alike, fold.needed);
  // The leaves of a directory mostly need the same.
  const seen = new Set<FsAccess>();
  for (const child of fold.below) {
    if (child.below.length === 0) {
      if (!seen.has(child.needed)) bundles = partedBy(bundles, child.needed);
      seen.add(child.needed);
    } else {
      for (const other of part(child, found)) bundles = partedBy(bundles, other);
    }
  }
  bundles = bundles
    .map((bundle) => intersection(bundle, fold.all))
    .filter((bundle) => bundle !== 0);
  found.set(fold, bundles);
  return bundles;
}

function partedBy(bundles: readonly FsAccess[], access: FsAccess): readonly FsAccess[] {
  return bundles
    .flatMap((bundle) => [intersection(bundle, access), difference(bundle, access)])
    .filter((bundle) => bundle !== 0);
}

import type { Extents } from '../tracer/extent.js';

/** How freely rules are folded onto what lies above. */
export type FoldName = 'exact' | 'balanced' | 'broad';

export const foldNames: readonly FoldName[] = ['exact', 'balanced', 'broad'];

/** What widening costs, of the price that it has: without bound, nothing is folded. */
export const dearnessOf: Readonly<Record<FoldName, number>> = {
  exact: Number.POSITIVE_INFINITY,
  balanced: 1,
  broad: 0.1,
};

export interface Folding {
  readonly dearness: number;
  /** Folds on, beyond what the prices say, until there are no more rules than these. */
  readonly maxRules: number | undefined;
  /** What was counted on the disk; nothing is folded onto what was not. */
  readonly extents: Extents;
}

export const noExtents: Extents = { of: new Map(), cut: [] };

/** Nothing is folded. */
export const unfolded: Folding = {
  dearness: dearnessOf.exact,
  maxRules: undefined,
  extents: noExtents,
};

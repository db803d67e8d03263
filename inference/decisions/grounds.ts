import type { FsAccess } from '../../landlock/access-set.js';
import { comparePaths } from '../../landlock/hierarchy.js';
import type { Extents } from '../../tracer/extent.js';
import { dangerMapOf } from '../danger-map.js';
import { risksOf } from '../findings.js';
import { unfolded } from '../folding.js';
import { GuardedPlaces } from '../guarded.js';
import { conclude } from '../infer.js';
import type { Finding, Inference, Opened, PathRule, PathUse, Use } from '../inference.js';
import type { Observed } from '../observe.js';
import { openedBy } from '../opened.js';
import type { KnownOpenings } from '../openings.js';

/** What there is to know of an inference, besides itself, when decisions change it. */
export interface Grounds {
  /** The rules as they are before anything is folded. */
  readonly exact: readonly PathRule[];
  readonly moves: readonly Crossing[];
  /** What a path is guarded as; undefined when it is not. */
  readonly guardedAt: (path: string) => string | undefined;
  /** What a rule on a directory opens that its uses do not need, where that was counted. */
  readonly opensOf?: (path: string, access: FsAccess, uses: readonly PathUse[]) => Opens;
  /** What is granted on a path besides by rules that are not decided on; none where there are none. */
  readonly grantedBesides?: (path: string) => FsAccess;
  /** What may come of the rights that rules grant. */
  readonly risksOf: (rules: readonly PathRule[]) => readonly Finding[];
}

type Opens = readonly Opened[] | undefined;

/** A rename or link across directories, by the paths that rules for it can lie on. */
export interface Crossing {
  readonly from: string;
  readonly source: string;
  readonly destination: string;
  readonly among: FsAccess;
  readonly use: Use;
}

/**
 * The grounds of an inference of what was observed.
 *
 * @param extents - what was counted on the disk.
 */
export function groundsOf(observed: Observed, extents: Extents = nothingCounted): Grounds {
  const { needs, ground, guarded, census } = observed;
  const openings: KnownOpenings = new WeakMap();
  let exact: readonly PathRule[] | undefined;
  return {
    // Seldom asked for, and as costly as the inference itself.
    get exact() {
      exact ??= conclude(observed, unfolded).paths;
      return exact;
    },
    moves: needs.moves.map(({ from, to, among, use }) => ({
      from: from.path,
      source: ground.holderOf(from).path,
      destination: ground.holderOf(to.parent ?? to).path,
      among,
      use,
    })),
    guardedAt: (path) => guarded.at(path),
    opensOf(path, access, uses) {
      const extent = extents.of.get(path);
      if (extent === undefined) return undefined;
      const inOrder = [...uses].sort((one, other) => comparePaths(one.path, other.path));
      return openedBy(access, extent, inOrder, (used) => census.isThere(used));
    },
    risksOf: (rules) => risksOf(observed, rules, openings),
  };
}

const nothingCounted: Extents = { of: new Map(), cut: [] };

/** Where no more is known than the inference says itself, as of a profile that is read again. */
export function groundsOfRules({ paths, findings }: Inference): Grounds {
  const guarded = new Map(paths.map((rule) => [rule.path, rule.guarded]));
  return {
    exact: paths,
    moves: [],
    guardedAt: (path) => guarded.get(path),
    risksOf: () => findings,
  };
}

/** The grounds of rules that were read, and not inferred, where these are the homes. */
export function groundsIn(
  environments: readonly Readonly<Record<string, string>>[],
  abi: number,
): {
  readonly guardedAt: Grounds['guardedAt'];
  readonly groundsOf: (rules: readonly PathRule[]) => Grounds;
} {
  const guarded = new GuardedPlaces(environments);
  const dangers = dangerMapOf(environments);
  const openings: KnownOpenings = new WeakMap();
  const guardedAt = (path: string) => guarded.at(path);
  return {
    guardedAt,
    groundsOf: (exact) => ({
      exact,
      moves: [],
      guardedAt,
      risksOf: (rules) => risksOf({ abi, dangers, deeds: [] }, rules, openings),
    }),
  };
}

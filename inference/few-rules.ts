import { fsAccess, intersection, isSubset, union } from '../landlock/access-set.js';
import type { Extent, Extents } from '../tracer/extent.js';
import type { Grant } from './cover.js';
import { foldCurve } from './curve.js';
import { needsAt } from './ground.js';
import type { PathNeed } from './needs.js';
import type { Observed } from './observe.js';
import { liesIn, type PathNode } from './path-tree.js';
import { expectedNeeds, type Settled, Settler } from './settle.js';

/** Rules that are no more than was asked for, as far as that can be. */
export interface FewRules extends Settled {
  /** What a family foresees and these rules do not grant. */
  readonly leftOut: readonly PathNode[];
}

/**
 * The rules for a price of widening where these are few enough. Else, what no run used is worth less
 * than what is needed, and less than what folding on would open: rules that serve nothing but what
 * is foreseen go first, the widest of them before others. Then all is folded on, as little as does.
 *
 * @param maxRules - there are to be no more than these.
 */
export function fewRules(
  observed: Observed,
  extents: Extents,
  dearness: number,
  maxRules: number,
): FewRules {
  const all = dearness === Number.POSITIVE_INFINITY ? [] : expectedNeeds(observed, extents);
  const isFew = ({ grants }: Settled) => grants.length <= maxRules;
  let foreseen = all;
  let settler = new Settler(observed, extents, foreseen);
  let settled = settler.at(dearness);
  while (!isFew(settled)) {
    const idle = idleGrants(settled, foreseen);
    const [widest] = [...idle].sort((one, other) => size(other, extents) - size(one, extents));
    if (widest === undefined) break;
    foreseen = foreseen.filter(({ node }) => !liesIn(node, widest.node));
    settler = new Settler(observed, extents, foreseen);
    settled = settler.at(dearness);
  }
  if (!isFew(settled)) {
    const needed = foreseen.length === 0 ? [] : [new Settler(observed, extents, [])];
    const ways = [settler, ...needed].map((each) => foldedOn(each, dearness, maxRules));
    const few = ways.filter(isFew);
    const [narrowest] = (few.length > 0 ? few : ways).sort(
      (one, other) => one.widening - other.widening,
    );
    settled = narrowest ?? settled;
  }
  return { ...settled, leftOut: withoutGrant(all, settled.grants) };
}

/** The grants that no need asks for but what is foreseen. */
function idleGrants({ grants, sites }: Settled, foreseen: readonly PathNeed[]): readonly Grant[] {
  const places = new Set(foreseen.map(({ node }) => node));
  return grants
    .filter(({ node }) => places.has(node))
    .filter(({ node, access }) =>
      sites
        .filter((site) => liesIn(site.node, node))
        .flatMap(needsAt)
        .every((need) => need.why === 'foreseen' || intersection(need.access, access) === 0),
    );
}

/** How much a grant opens, as far as that was counted. */
function size({ node }: Grant, { of }: Extents): number {
  const counts: Extent['files'] = of.get(node.path)?.files ?? new Map();
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** The cheapest way to fold that has few enough rules; of those with too many, the one with fewest. */
function foldedOn(settler: Settler, dearness: number, maxRules: number): Settled {
  const settled = settler.at(dearness);
  if (settled.grants.length <= maxRules) return settled;
  const curve = foldCurve((other) => settler.at(other));
  const point = curve.find(({ rules }) => rules <= maxRules) ?? curve.at(-1);
  return point === undefined ? settled : settler.at(Math.min(point.dearness, dearness));
}

function withoutGrant(
  foreseen: readonly PathNeed[],
  grants: readonly Grant[],
): readonly PathNode[] {
  const granted = new Map(grants.map(({ node, access }) => [node, access]));
  const left = foreseen.filter(({ node, access }) => {
    let given = fsAccess();
    for (let at: PathNode | undefined = node; at !== undefined; at = at.parent) {
      given = union(given, granted.get(at) ?? fsAccess());
    }
    return !isSubset(access, given);
  });
  return [...new Set(left.map(({ node }) => node))];
}

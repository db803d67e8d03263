import { netAccess, union } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { Grant } from './cover.js';
import { evidenceFor, mergeUses } from './evidence.js';
import { type FewRules, fewRules } from './few-rules.js';
import { findingsOf, risksOf } from './findings.js';
import { foldFindings } from './fold-findings.js';
import { type Folding, unfolded } from './folding.js';
import type { Ground } from './ground.js';
import type { Creation, Inference, PathRule, PortRule, Unscoped, Use } from './inference.js';
import { amongRules, beyond } from './lookups.js';
import type { Needs, PortNeed } from './needs.js';
import { type Observed, observe } from './observe.js';
import { openedBy } from './opened.js';
import type { PathGlob } from './path-glob.js';
import { liesIn, type PathNode } from './path-tree.js';
import type { Run } from './run.js';
import { noRuns } from './run-set.js';
import { type Settled, Settler } from './settle.js';

/**
 * The ruleset that allows all that the runs asked, and what the next one will ask since these
 * changed the disk; and no more than Landlock's hierarchies force, and folding opens. It depends on
 * the set of what was observed alone, not on its order.
 *
 * @param abi - of the kernels that are to enforce it: rights that it does not know are not asked.
 * @param neverFold - places that are guarded as homes are.
 */
export function infer(
  runs: readonly Run[],
  abi: number,
  folding: Folding = unfolded,
  neverFold: readonly PathGlob[] = [],
): Inference {
  return conclude(observe(runs, abi, neverFold), folding);
}

/** The ruleset for what was observed. */
export function conclude(observed: Observed, folding: Folding): Inference {
  const { abi, needs, ground } = observed;
  const settled = settle(observed, folding);
  const used = pathRules(settled, observed, folding);
  const missing = beyond(observed.lookups, used);
  const paths = amongRules(
    used,
    missing.filter(({ offered }) => offered !== true),
  );
  const offers = missing.filter(({ offered }) => offered === true);
  return {
    abi,
    paths,
    ports: portRules(needs.ports),
    unscoped: unscoped(needs),
    creations: usefulCreations(ground, settled.grants, needs),
    findings: [
      ...findingsOf(needs, risksOf(observed, paths)),
      ...foldFindings(paths, folding, settled.leftOut),
    ],
    ...(offers.length === 0 ? {} : { offers }),
  };
}

/** The cheapest way to fold; where that has too many rules, one that has not. */
function settle(observed: Observed, { dearness, maxRules, extents }: Folding): FewRules {
  if (maxRules !== undefined) return fewRules(observed, extents, dearness, maxRules);
  return { ...new Settler(observed, extents).at(dearness), leftOut: [] };
}

function pathRules(
  { grants, sites }: Settled,
  { guarded, census, marks }: Observed,
  { extents }: Folding,
): readonly PathRule[] {
  const evidence = evidenceFor(grants, sites, marks);
  const isThere = (path: string) => census.isThere(path);
  return grants.map(({ node: { path }, directory, access }, index) => {
    const uses = evidence.uses[index] ?? [];
    const extent = directory ? extents.of.get(path) : undefined;
    const opens = extent === undefined ? undefined : openedBy(access, extent, uses, isThere);
    const rule = { path, directory, access, uses, guarded: guarded.at(path) };
    const seen = marks.seenIn(evidence.runs[index] ?? noRuns);
    if (opens === undefined && seen === undefined) return rule;
    return { ...rule, opens, seen };
  });
}

function portRules(needs: readonly PortNeed[]): readonly PortRule[] {
  const byPort = new Map<number, PortNeed[]>();
  for (const need of needs) byPort.set(need.port, [...(byPort.get(need.port) ?? []), need]);
  return [...byPort]
    .sort(([one], [other]) => one - other)
    .map(([port, of]) => ({
      port,
      access: of.map(({ access }) => access).reduce(union, netAccess()),
      uses: mergeUses(of.map(({ use }) => use)),
    }));
}

function unscoped({ scopes }: Needs): readonly Unscoped[] {
  const byScope = new Map<Unscoped['scope'], Use[]>();
  for (const { scope, use } of scopes) byScope.set(scope, [...(byScope.get(scope) ?? []), use]);
  return [...byScope]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([scope, uses]) => ({ scope, uses: mergeUses(uses) }));
}

/** Only what a rule lies on or leads through is worth making, and what is then not made any more. */
function usefulCreations(
  { creations }: Ground,
  grants: readonly Grant[],
  { paths }: Needs,
): readonly Creation[] {
  if (creations.size === 0) return [];
  const served: PathNode[] = [
    ...grants.map(({ node }) => node),
    ...paths.flatMap(({ makes }) => makes ?? []),
  ];
  return [...creations]
    .filter(([node]) => served.some((other) => liesIn(other, node)))
    .map(([, creation]) => creation)
    .sort((one, other) => comparePaths(one.path, other.path));
}

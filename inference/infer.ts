import { netAccess, union } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import { dropCovered, type Grant } from './cover.js';
import { equalise } from './equalise.js';
import { evidenceFor, mergeUses } from './evidence.js';
import { findingsOf, risksOf } from './findings.js';
import { type Ground, type Site, sitesOf } from './ground.js';
import type { GuardedPlaces } from './guarded.js';
import type { Creation, Inference, PathRule, PortRule, Unscoped, Use } from './inference.js';
import type { Needs, PortNeed } from './needs.js';
import { type Observed, observe, type Run } from './observe.js';
import type { PathGlob } from './path-glob.js';
import { liesIn, type PathNode } from './path-tree.js';

export type { Run } from './observe.js';

/**
 * The ruleset that allows all that the runs asked, and what the next one will ask since these
 * changed the disk; and no more than Landlock's hierarchies force. It depends on the set of what
 * was observed alone, not on its order.
 *
 * @param abi - of the kernels that are to enforce it: rights that it does not know are not asked.
 * @param neverFold - places that are guarded as homes are.
 */
export function infer(
  runs: readonly Run[],
  abi: number,
  neverFold: readonly PathGlob[] = [],
): Inference {
  return conclude(observe(runs, abi, neverFold));
}

/** The ruleset for what was observed. */
export function conclude(observed: Observed): Inference {
  const { abi, needs, ground, guarded } = observed;
  const sites = equalisedSites(ground, needs);
  const grants = dropCovered(sites);
  const paths = pathRules(grants, sites, guarded);
  return {
    abi,
    paths,
    ports: portRules(needs.ports),
    unscoped: unscoped(needs),
    creations: usefulCreations(ground, grants, needs),
    findings: findingsOf(needs, risksOf(observed, paths)),
  };
}

/** What rules are to lie on, with what moves across directories add. */
function equalisedSites(ground: Ground, { moves }: Needs): readonly Site[] {
  const sites = sitesOf(ground.needs, ground);
  const added = equalise(sites, moves, ground.holderOf);
  return added.length === 0 ? sites : sitesOf([...ground.needs, ...added], ground);
}

function pathRules(
  grants: readonly Grant[],
  sites: readonly Site[],
  guarded: GuardedPlaces,
): readonly PathRule[] {
  const evidence = evidenceFor(grants, sites);
  return grants.map(({ node: { path }, directory, access }, index) => {
    const uses = evidence[index] ?? [];
    return { path, directory, access, uses, guarded: guarded.at(path) };
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

import { type FsAccess, fsAccess, intersection, union } from '../landlock/access-set.js';
import { comparePaths, hierarchiesOf } from '../landlock/hierarchy.js';
import type { GroundedNeed } from './ground.js';
import type { PathUse, Use } from './inference.js';

/** For each path of a ruleset, the uses that its rights serve, sorted and each once. */
export function evidenceFor(
  rules: ReadonlyMap<string, FsAccess>,
  needs: readonly GroundedNeed[],
): ReadonlyMap<string, readonly PathUse[]> {
  const uses = new Map<string, Map<string, PathUse>>();
  for (const need of needs) {
    for (const hierarchy of hierarchiesOf(need.holder)) {
      const served = intersection(rules.get(hierarchy) ?? fsAccess(), need.access);
      if (served !== 0) note(uses, hierarchy, need, served);
    }
  }
  const sorted = new Map<string, readonly PathUse[]>();
  for (const [path, found] of uses) sorted.set(path, [...found.values()].sort(compareUses));
  return sorted;
}

/** Uses of one thing by the same program and call, counted together and sorted. */
export function mergeUses(uses: readonly Use[]): readonly Use[] {
  const merged = new Map<string, Use>();
  for (const use of uses) {
    const key = JSON.stringify([use.executable, use.call]);
    const count = use.count + (merged.get(key)?.count ?? 0);
    merged.set(key, { executable: use.executable, call: use.call, count });
  }
  return [...merged.values()].sort(compareCallers);
}

function note(
  uses: Map<string, Map<string, PathUse>>,
  hierarchy: string,
  { path, use, why }: GroundedNeed,
  served: FsAccess,
): void {
  const found = uses.get(hierarchy) ?? new Map<string, PathUse>();
  uses.set(hierarchy, found);
  const key = JSON.stringify([path, use.executable, use.call, why]);
  const before = found.get(key);
  found.set(key, {
    ...use,
    count: use.count + (before?.count ?? 0),
    path,
    access: union(served, before?.access ?? fsAccess()),
    why,
  });
}

function compareUses(one: PathUse, other: PathUse): number {
  return (
    comparePaths(one.path, other.path) || compareCallers(one, other) || order(one.why, other.why)
  );
}

function compareCallers(one: Use, other: Use): number {
  return order(one.executable, other.executable) || order(one.call, other.call);
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

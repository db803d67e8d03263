import { difference, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { comparePaths, hierarchiesOf, parentOf } from '../landlock/hierarchy.js';

/**
 * Drops from every hierarchy the rights that one above it grants already, and the hierarchies that
 * are left with none: what remains grants the same, and no part of it can go.
 *
 * @returns the remaining rights by path, in the order of the paths.
 */
export function dropCovered(granted: ReadonlyMap<string, FsAccess>): ReadonlyMap<string, FsAccess> {
  const kept = new Map<string, FsAccess>();
  for (const path of [...granted.keys()].sort(comparePaths)) {
    const own = difference(granted.get(path) ?? fsAccess(), grantedAbove(granted, path));
    if (own !== 0) kept.set(path, own);
  }
  return kept;
}

function grantedAbove(granted: ReadonlyMap<string, FsAccess>, path: string): FsAccess {
  let access = fsAccess();
  if (path === '/') return access;
  for (const hierarchy of hierarchiesOf(parentOf(path))) {
    access = union(access, granted.get(hierarchy) ?? fsAccess());
  }
  return access;
}

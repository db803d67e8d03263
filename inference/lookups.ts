import { type FsAccess, fsAccess, intersection, union } from '../landlock/access-set.js';
import { comparePaths, hierarchiesOf } from '../landlock/hierarchy.js';
import { requiredAccess } from '../landlock/required-access.js';
import type { RecordedOperation } from '../tracer/trace.js';
import { mergeUses } from './evidence.js';
import type { GuardedPlaces } from './guarded.js';
import type { PathRule, Use } from './inference.js';

/**
 * The rules by which a program could read what it looked for and did not find, in the order of their
 * paths: it may be there the next time. They are no needs, so that nothing is folded for their sake.
 *
 * @param lookups - opens that failed.
 */
export function lookupRules(
  lookups: Iterable<RecordedOperation>,
  abi: number,
  guarded: GuardedPlaces,
): readonly PathRule[] {
  const found = new Map<string, { access: FsAccess; directory: boolean; uses: Use[] }>();
  for (const { operation, executable, call, count } of lookups) {
    for (const requirement of requiredAccess(operation, abi)) {
      if (requirement.kind !== 'path') continue;
      const { path, access, directory } = requirement;
      const rule = found.get(path) ?? { access: fsAccess(), directory: false, uses: [] };
      rule.access = union(rule.access, access);
      rule.directory ||= directory;
      rule.uses.push({ executable, call, count });
      found.set(path, rule);
    }
  }
  return [...found]
    .map(([path, { access, directory, uses }]) => {
      const sought = mergeUses(uses).map(
        (use) => ({ ...use, path, access, why: 'sought' }) as const,
      );
      return { path, directory, access, uses: sought, guarded: guarded.at(path), offered: true };
    })
    .sort((one, other) => comparePaths(one.path, other.path));
}

/** Those of some rules that others do not grant anyway, at their path or above it. */
export function beyond(
  lookups: readonly PathRule[],
  granted: readonly PathRule[],
): readonly PathRule[] {
  if (lookups.length === 0) return lookups;
  const all = new Map(granted.map(({ path, access }) => [path, access]));
  return lookups.filter(({ path, access }) => {
    let given = fsAccess();
    for (const hierarchy of hierarchiesOf(path)) {
      given = union(given, all.get(hierarchy) ?? fsAccess());
    }
    return intersection(given, access) !== access;
  });
}

/** Rules together with others on other paths, in the order of their paths. */
export function amongRules(
  rules: readonly PathRule[],
  more: readonly PathRule[],
): readonly PathRule[] {
  if (more.length === 0) return rules;
  return [...rules, ...more].sort((one, other) => comparePaths(one.path, other.path));
}

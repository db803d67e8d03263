import { abstractions } from '../../inference/abstractions/index.js';
import { type FsAccess, fsAccess, intersection, union } from '../../landlock/access-set.js';
import { comparePaths } from '../../landlock/hierarchy.js';
import type { Profile, ProfilePathRule } from '../profile.js';
import { alike } from './agreement.js';

/**
 * A rule for each path, with the rights of all its rules; those of a family stand together where
 * they have the same rights for the same reasons, behind the others. Rules that another covers stay: their reasons say who
 * needs them, and dropping them would depend on what came together first.
 */
export function unitedPaths(
  profiles: readonly Profile[],
  handled: FsAccess,
): readonly ProfilePathRule[] {
  const byPath = new Map<string, ProfilePathRule[]>();
  for (const rule of profiles.flatMap(({ paths }) => paths)) {
    for (const path of rule.parents) byPath.set(path, [...(byPath.get(path) ?? []), rule]);
  }
  const rules: ProfilePathRule[] = [];
  const families = new Map<string, ProfilePathRule>();
  for (const [path, of] of [...byPath].sort(([one], [other]) => comparePaths(one, other))) {
    const united = unitedRule(path, of, handled);
    if (united.access === 0) continue;
    if (familyOf(united) === -1) {
      rules.push(united);
      continue;
    }
    const key = JSON.stringify([united.access, united.reasons]);
    const family = families.get(key);
    families.set(key, family === undefined ? united : withParent(family, path));
  }
  return [...rules, ...[...families.values()].sort(byFamily)];
}

function unitedRule(path: string, rules: readonly ProfilePathRule[], handled: FsAccess) {
  const access = rules.map((rule) => rule.access).reduce(union, fsAccess());
  return {
    parents: [path],
    access: intersection(access, handled),
    reasons: alike(rules.map(({ reasons }) => reasons)),
  };
}

function withParent(rule: ProfilePathRule, path: string): ProfilePathRule {
  return { ...rule, parents: [...rule.parents, path] };
}

/** In the order in which learned profiles have them. */
function byFamily(one: ProfilePathRule, other: ProfilePathRule): number {
  return familyOf(one) - familyOf(other) || one.access - other.access;
}

/** The number of what many programs need, as a reason tells it; -1 for a program's own rule. */
function familyOf({ reasons }: ProfilePathRule): number {
  return abstractions.findIndex(({ name }) =>
    reasons.some((reason) => reason.startsWith(`${name}: `)),
  );
}

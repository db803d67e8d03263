import type { FamilyRules, Finding, Inference, PathRule } from '../inference/inference.js';
import { remainingFamilies } from '../inference/remaining-families.js';
import { fsAccess } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { PortableSpelling } from './portable.js';
import type { ProfilePathRule } from './profile.js';
import { familyReasons, pathReasons } from './reasons.js';

/**
 * The rules on paths as the file has them, in the order of how they are spelled: first what is the program's own, then the families that
 * many programs need, each one table for every set of rights. What a finding is about stands alone.
 */
export function pathRulesOf(
  inference: Inference,
  findings: ReadonlyMap<string, readonly Finding[]>,
  spelling: PortableSpelling,
): readonly ProfilePathRule[] {
  const { paths } = inference;
  const rules = new Map(paths.map((rule) => [rule.path, rule]));
  const tables = remainingFamilies(inference).flatMap((family) =>
    familyTables(
      family,
      family.paths.flatMap((path) => (findings.has(path) ? [] : (rules.get(path) ?? []))),
      spelling,
    ),
  );
  const grouped = new Set(tables.flatMap(({ of }) => of));
  return [
    ...paths
      .filter((rule) => !grouped.has(rule))
      .map((rule) => ({
        parents: [spelling.template(rule.path)],
        access: rule.access,
        reasons: pathReasons(rule, findings.get(rule.path)).map((line) => spelling.text(line)),
      }))
      .sort((one, other) => comparePaths(one.parents[0] ?? '', other.parents[0] ?? '')),
    ...tables.map(({ table }) => table),
  ];
}

interface FamilyTable {
  readonly of: readonly PathRule[];
  readonly table: ProfilePathRule;
}

function familyTables(
  family: FamilyRules,
  rules: readonly PathRule[],
  spelling: PortableSpelling,
): readonly FamilyTable[] {
  const byAccess = new Map<number, PathRule[]>();
  for (const rule of rules) {
    byAccess.set(rule.access, [...(byAccess.get(rule.access) ?? []), rule]);
  }
  return [...byAccess]
    .sort(([one], [other]) => one - other)
    .map(([, of]) => ({
      of,
      table: {
        parents: of.map(({ path }) => spelling.template(path)).sort(comparePaths),
        access: of[0]?.access ?? fsAccess(),
        reasons: familyReasons(family, of),
      },
    }));
}

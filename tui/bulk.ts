import type { PathRule, Use } from '../inference/inference.js';
import type { FsRight } from '../landlock/abi.js';
import { accessNames, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { Row } from './row.js';

/** What can be decided at once from a row, each with how many rules that is about. */
export interface Bulk {
  /** Beneath the row's path. */
  readonly within: number;
  /** Those who used what is beneath it, the most frequent first. */
  readonly programs: readonly (readonly [string, number])[];
  readonly rights: readonly (readonly [FsRight, number])[];
}

/**
 * What there is to decide on at once, wherever it is. There may be very many uses, which are gone
 * through once for a row, and not at every key.
 *
 * @param path - the row's, or the root.
 */
export function bulkOf(rules: readonly PathRule[], row: Row, path: string): Bulk {
  const known = bulkOfRow.get(row);
  if (known?.rules === rules) return known.bulk;
  const bulk = gathered(rules, row, path);
  bulkOfRow.set(row, { rules, bulk });
  return bulk;
}

const bulkOfRow = new WeakMap<Row, { readonly rules: readonly PathRule[]; readonly bulk: Bulk }>();

function gathered(rules: readonly PathRule[], row: Row, path: string): Bulk {
  const within = rules.filter((rule) => isBeneath(rule.path, path));
  const counts = new Map<string, number>();
  for (const { executable, count } of usesOf(row, within)) {
    counts.set(executable, (counts.get(executable) ?? 0) + count);
  }
  const programs = [...counts].sort(([, one], [, other]) => other - one);
  const did = rulesOfPrograms(rules);
  const access = within.reduce((all, rule) => union(all, rule.access), fsAccess());
  return {
    within: within.length,
    programs: programs.map(([program]) => [program, did.get(program) ?? 0]),
    rights: rightsIn(access).map(([right, bit]) => [
      right,
      rules.reduce((sum, rule) => sum + ((rule.access & bit) === 0 ? 0 : 1), 0),
    ]),
  };
}

/** In how many rules each program used something. */
function rulesOfPrograms(rules: readonly PathRule[]): ReadonlyMap<string, number> {
  const did = new Map<string, number>();
  for (const { uses } of rules) {
    for (const program of new Set(uses.map(({ executable }) => executable))) {
      did.set(program, (did.get(program) ?? 0) + 1);
    }
  }
  return did;
}

function rightsIn(access: FsAccess): readonly (readonly [FsRight, FsAccess])[] {
  return accessNames('fs', access).map((right) => [right, fsAccess(right)]);
}

function usesOf({ item }: Row, within: readonly PathRule[]): readonly Use[] {
  switch (item.kind) {
    case 'port':
      return item.rule.uses;
    case 'unscoped':
      return item.unscoped.uses;
    case 'rule':
      return item.rule.uses;
    default:
      return within.flatMap(({ uses }) => uses);
  }
}

import type { PathRule } from '../inference/inference.js';
import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { commonHierarchy, comparePaths, isBeneath } from '../landlock/hierarchy.js';

/** A rule or a directory that several rules lie beneath, with what is below it. */
export interface Branch {
  readonly path: string;
  /** Nothing for a directory that is only a heading. */
  readonly rule: PathRule | undefined;
  /** The path from the branch above: `x86_64-linux-gnu/libc.so.6`. */
  readonly label: string;
  readonly below: readonly Branch[];
  /** Of its rule and those below. */
  readonly access: FsAccess;
}

/**
 * The rules as a tree of paths. Only directories where the tree parts, or on which a rule lies, are
 * branches of their own; a chain of single steps is one label. Where the rules are those of an
 * earlier tree, its branches are as well.
 */
export function pathTree(rules: readonly PathRule[]): readonly Branch[] {
  const sorted = [...rules].sort((one, other) => comparePaths(one.path, other.path));
  const [first] = sorted;
  return first?.path === '/'
    ? [branchOf(sorted, { from: 0, to: sorted.length }, '')]
    : branchesIn(sorted, { from: 0, to: sorted.length }, '');
}

/** Places among rules in the order of their paths. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** @param above - the branch that all of the range lies beneath; '' where there is none. */
function branchesIn(
  sorted: readonly PathRule[],
  { from, to }: Range,
  above: string,
): readonly Branch[] {
  const branches: Branch[] = [];
  for (let start = from; start < to; ) {
    const path = sorted[start]?.path ?? '';
    const slash = path.indexOf('/', above === '/' ? 1 : above.length + 1);
    const end = endBeneath(sorted, { from: start, to }, slash < 0 ? path : path.slice(0, slash));
    branches.push(knownBranch(sorted, { from: start, to: end }, above));
    start = end;
  }
  return branches;
}

/** The place after the last rule beneath a path, of a range that begins with one. */
function endBeneath(sorted: readonly PathRule[], { from, to }: Range, path: string): number {
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeneath(sorted[middle]?.path ?? '', path)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was made of the very same rules before. */
const knownOf = new WeakMap<
  PathRule,
  { readonly above: string; readonly rules: readonly PathRule[]; readonly branch: Branch }
>();

function knownBranch(sorted: readonly PathRule[], range: Range, above: string): Branch {
  const first = sorted[range.from];
  const known = first === undefined ? undefined : knownOf.get(first);
  if (known?.above === above && isSame(known.rules, sorted, range)) return known.branch;
  const branch = branchOf(sorted, range, above);
  if (first !== undefined) {
    knownOf.set(first, { above, rules: sorted.slice(range.from, range.to), branch });
  }
  return branch;
}

function isSame(
  rules: readonly PathRule[],
  sorted: readonly PathRule[],
  { from, to }: Range,
): boolean {
  if (rules.length !== to - from) return false;
  for (let at = 0; at < rules.length; at++) if (rules[at] !== sorted[from + at]) return false;
  return true;
}

/** The one branch that all rules of a range are on, or beneath. */
function branchOf(sorted: readonly PathRule[], { from, to }: Range, above: string): Branch {
  const first = sorted[from];
  const path = commonHierarchy(first?.path ?? '/', sorted[to - 1]?.path ?? '/');
  const rule = first?.path === path ? first : undefined;
  const rest = { from: rule === undefined ? from : from + 1, to };
  const below = branchesIn(sorted, rest, path);
  const name = above === '' ? path : path.slice(above === '/' ? 1 : above.length + 1);
  const slash = path !== '/' && (rule?.directory !== false || below.length > 0) ? '/' : '';
  return { path, rule, label: `${name}${slash}`, below, access: accessOf(rule, below) };
}

function accessOf(rule: PathRule | undefined, below: readonly Branch[]): FsAccess {
  let access = rule?.access ?? fsAccess();
  for (const branch of below) access = union(access, branch.access);
  return access;
}

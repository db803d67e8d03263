import {
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import { comparePaths, hierarchiesOf, isBeneath, parentOf } from '../../landlock/hierarchy.js';
import type { Inference, PathRule } from '../inference.js';
import { amongRules } from '../lookups.js';
import type { Decision, PathSubject } from './decision.js';
import { type Decisions, decisionList } from './decisions.js';
import type { Grounds } from './grounds.js';
import { Verdicts } from './verdicts.js';

/**
 * The rules that there are to grant or refuse: those of the inference, unfolded where a decision
 * pins or denies something within, folded where one says so, those that were added, and those that
 * it offers.
 */
export function shapedRules(
  { paths, offers = [] }: Inference,
  decisions: Decisions,
  grounds: Grounds,
): readonly PathRule[] {
  const list = decisionList(decisions);
  let rules = amongRules(paths, offers);
  for (const path of toUnfold(rules, list, grounds)) rules = unfolded(rules, path, grounds.exact);
  const folds = subjectsOf(list, 'fold');
  if (folds.length > 0) {
    const verdicts = new Verdicts(decisions);
    const refused = subjectsOf(list, 'deny');
    for (const { path } of folds) rules = folded(rules, path, { verdicts, refused, grounds });
  }
  for (const decision of list) {
    if (decision.action === 'add') rules = withAdded(rules, decision, grounds);
  }
  return rules;
}

/** The rules at or beneath a path, of rules in the order of their paths. */
export function rulesWithin(rules: readonly PathRule[], path: string): readonly PathRule[] {
  const first = placeFor(rules, path);
  let end = first;
  while (end < rules.length && isBeneath(rules[end]?.path ?? '', path)) end += 1;
  return rules.slice(first, end);
}

/** The rule on a path, of rules in the order of their paths. */
export function ruleAt(rules: readonly PathRule[], path: string): PathRule | undefined {
  const rule = rules[placeFor(rules, path)];
  return rule?.path === path ? rule : undefined;
}

function subjectsOf(list: readonly Decision[], action: Decision['action']): readonly PathSubject[] {
  return list.flatMap((decision) =>
    decision.action === action && decision.subject.kind === 'path' ? [decision.subject] : [],
  );
}

/** The rules that inference folded, and that grant what is pinned or denied. */
function toUnfold(
  rules: readonly PathRule[],
  list: readonly Decision[],
  grounds: Grounds,
): ReadonlySet<string> {
  const found = new Set<string>();
  const pins = subjectsOf(list, 'pin');
  const denials = subjectsOf(list, 'deny');
  if (pins.length + denials.length === 0) return found;
  const { exact } = grounds;
  const isFolded = (path: string, among: FsAccess) =>
    difference(
      intersection(ruleAt(rules, path)?.access ?? fsAccess(), among),
      ruleAt(exact, path)?.access ?? fsAccess(),
    ) !== 0;
  for (const { path, access } of pins) if (isFolded(path, access)) found.add(path);
  for (const { path, access } of denials) {
    if (path === '/') continue;
    for (const above of hierarchiesOf(parentOf(path)))
      if (isFolded(above, access)) found.add(above);
  }
  return found;
}

/** The exact rules instead of a folded one, without what rules further up grant. */
function unfolded(
  rules: readonly PathRule[],
  path: string,
  exact: readonly PathRule[],
): readonly PathRule[] {
  const inherited = grantedAbove(rules, path);
  const own = rulesWithin(exact, path).flatMap((rule) => {
    const access = difference(rule.access, inherited);
    return access === 0 ? [] : [withAccess(rule, access)];
  });
  const offers = rulesWithin(rules, path).filter(({ offered }) => offered === true);
  return replaced(rules, path, amongRules(own, offers));
}

interface FoldMeans {
  readonly verdicts: Verdicts;
  /** What is denied by decisions on paths. */
  readonly refused: readonly PathSubject[];
  readonly grounds: Grounds;
}

/** One rule with all that those beneath are granted, unless something beneath is refused it. */
function folded(
  rules: readonly PathRule[],
  path: string,
  { verdicts, refused, grounds }: FoldMeans,
): readonly PathRule[] {
  const within = rulesWithin(rules, path);
  const members = within.filter(
    (rule) => rule.offered !== true || verdicts.onRule(rule).allowed !== 0,
  );
  if (!members.some((rule) => rule.directory || rule.path !== path)) return rules;
  const closed = refused
    .filter((subject) => isBeneath(subject.path, path) && subject.path !== path)
    .map(({ access }) => access)
    .reduce(union, fsAccess());
  const granted = members.map((rule) => verdicts.onRule(rule).allowed).reduce(union, fsAccess());
  const access = difference(granted, union(closed, grantedAbove(rules, path)));
  if (access === 0) return rules;
  const left = within.flatMap((rule) => {
    const rest = difference(rule.access, access);
    return rest === 0 || rule.path === path ? [] : [withAccess(rule, rest)];
  });
  const own = members.find((rule) => rule.path === path);
  const whole = union(access, own?.access ?? fsAccess());
  const uses = members.flatMap(({ uses, path: at }) =>
    uses.flatMap((use) => {
      const used = at === path ? use.access : intersection(use.access, access);
      return used === 0 ? [] : [{ ...use, access: used }];
    }),
  );
  const opens = grounds.opensOf?.(path, whole, uses);
  const rule: PathRule = {
    ...(own?.told === undefined ? {} : { told: own.told }),
    ...(own?.added === undefined ? {} : { added: own.added }),
    ...(opens === undefined ? {} : { opens }),
    path,
    directory: true,
    access: whole,
    uses,
    guarded: grounds.guardedAt(path),
  };
  return replaced(rules, path, [rule, ...left]);
}

function withAdded(
  rules: readonly PathRule[],
  { subject, reason }: Decision,
  { guardedAt }: Grounds,
): readonly PathRule[] {
  if (subject.kind !== 'path') return rules;
  const { path, beneath, access } = subject;
  const at = placeFor(rules, path);
  const known = rules[at]?.path === path ? rules[at] : undefined;
  const rule: PathRule =
    known === undefined
      ? { path, directory: beneath, access, uses: [], guarded: guardedAt(path), added: reason }
      : { ...known, access: union(known.access, access), added: reason };
  return [...rules.slice(0, at), rule, ...rules.slice(known === undefined ? at : at + 1)];
}

function withAccess(rule: PathRule, access: FsAccess): PathRule {
  if (access === rule.access) return rule;
  const uses = rule.uses.filter((use) => intersection(use.access, access) !== 0);
  return { ...rule, access, uses };
}

function replaced(
  rules: readonly PathRule[],
  path: string,
  by: readonly PathRule[],
): readonly PathRule[] {
  const first = placeFor(rules, path);
  return [...rules.slice(0, first), ...by, ...rules.slice(first + rulesWithin(rules, path).length)];
}

/** What rules strictly above a path grant. */
export function grantedAbove(rules: readonly PathRule[], path: string): FsAccess {
  let granted = fsAccess();
  if (path === '/') return granted;
  for (const above of hierarchiesOf(parentOf(path))) {
    granted = union(granted, ruleAt(rules, above)?.access ?? fsAccess());
  }
  return granted;
}

/** Where a rule on a path stands, or would stand, among rules in the order of their paths. */
function placeFor(rules: readonly PathRule[], path: string): number {
  let low = 0;
  let high = rules.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePaths(rules[middle]?.path ?? '', path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

import {
  difference,
  type FsAccess,
  intersection,
  type NetAccess,
  netAccess,
  scopeSet,
  union,
} from '../landlock/access-set.js';
import { domainOn, judge } from '../landlock/domain.js';
import { comparePaths } from '../landlock/hierarchy.js';
import { grantedAt, type ObjectOf } from '../landlock/layer.js';
import type { Requirement } from '../landlock/requirement.js';
import type { Ruleset } from '../landlock/ruleset.js';
import { Census } from './census.js';
import type { Finding, Inference, PathRule, Unscoped, Use } from './inference.js';
import type { Run } from './run.js';

/** A ruleset that there is already, and what its paths lead to. */
export interface Given {
  readonly ruleset: Ruleset;
  readonly objectOf: ObjectOf;
  /** What is made before it is enforced. */
  readonly created: readonly string[];
}

/**
 * The part of an inference that a given ruleset lacks: together they allow all that the runs asked.
 * The given rules stay as they are, and none is repeated.
 */
export function lackOf(inference: Inference, given: Given, runs: readonly Run[]): Inference {
  const paths = inference.paths.flatMap((rule) => lackingPath(rule, given));
  const { offers: offered = [], ...rest } = inference;
  const offers = offered.flatMap((rule) => lackingPath(rule, given));
  const lack: Inference = {
    ...rest,
    paths,
    ...(offers.length === 0 ? {} : { offers }),
    ports: inference.ports.flatMap((rule) => {
      const access = difference(rule.access, grantedOn(given.ruleset, rule.port));
      return access === 0 ? [] : [{ ...rule, access }];
    }),
    unscoped: inference.unscoped.filter((unscoped) => isScoped(given.ruleset, unscoped)),
    creations: inference.creations.filter(({ path }) => !given.created.includes(path)),
    findings: inference.findings.filter((finding) => concerns(finding, paths)),
  };
  return withEqualised(lack, given, runs);
}

/** The ruleset of both. */
export function rulesetWith({ ruleset }: Given, lack: Inference): Ruleset {
  const needless = lack.unscoped.map(({ scope }) => scope);
  return {
    ...ruleset,
    scoped: difference(ruleset.scoped, scopeSet(...needless)),
    paths: [...ruleset.paths, ...lack.paths],
    ports: [...ruleset.ports, ...lack.ports],
  };
}

/** What is told of rules that are given already was told when they were made. */
function concerns({ rules }: Finding, paths: readonly PathRule[]): boolean {
  return rules === undefined || rules.some((path) => paths.some((rule) => rule.path === path));
}

function lackingPath(rule: PathRule, { ruleset, objectOf }: Given): readonly PathRule[] {
  const [layer] = domainOn(objectOf, Number.POSITIVE_INFINITY, [ruleset]).layers;
  if (layer === undefined) return [rule];
  const asked = intersection(rule.access, ruleset.handledFs);
  const access = difference(asked, grantedAt(layer, rule.path, objectOf));
  if (access === 0) return [];
  return [
    { ...rule, access, uses: rule.uses.filter((use) => intersection(use.access, access) !== 0) },
  ];
}

function grantedOn({ ports }: Ruleset, port: number): NetAccess {
  return ports
    .filter((rule) => rule.port === port)
    .map(({ access }) => access)
    .reduce(union, netAccess());
}

function isScoped({ scoped }: Ruleset, { scope }: Unscoped): boolean {
  return intersection(scoped, scopeSet(scope)) !== 0;
}

/**
 * A destination that the given rules grant more than the source may hold up a move that the
 * inference by itself allows: the source is granted the same.
 */
function withEqualised(lack: Inference, given: Given, runs: readonly Run[]): Inference {
  const census = new Census(runs.map(({ objects }) => objects));
  let whole = lack;
  for (;;) {
    const gains = runs.flatMap((run) => gainsIn(whole, given, run));
    if (gains.length === 0) return whole;
    const paths = gains.reduce(
      (rules, { from, among, use }) => withGain(rules, holderOf(from, census), among, use),
      whole.paths,
    );
    whole = { ...whole, paths };
  }
}

type Gain = Extract<Requirement, { kind: 'no-gain' }> & { readonly use: Use };

function gainsIn(lack: Inference, given: Given, { operations }: Run): readonly Gain[] {
  const ruleset = rulesetWith(given, lack);
  const domain = domainOn(given.objectOf, lack.abi, [ruleset]);
  return [...operations].flatMap(({ operation, executable, call, count }) => {
    const verdict = judge(domain, operation, given);
    // What lacks more than that is not to be allowed, or is of another's concern.
    if (verdict.allowed || verdict.errno !== 'EXDEV') return [];
    return verdict.requirements.flatMap((requirement) =>
      requirement.kind === 'no-gain' ? [{ ...requirement, use: { executable, call, count } }] : [],
    );
  });
}

/** What stood at a path before and will again; else the nearest above that does. */
function holderOf(path: string, census: Census): string {
  const node = census.tree.at(path);
  const unsteady = census.unsteadyPart(node);
  return (unsteady?.parent ?? node).path;
}

function withGain(
  rules: readonly PathRule[],
  path: string,
  access: FsAccess,
  use: Use,
): readonly PathRule[] {
  const added = { ...use, path, access, why: 'equalised' } as const;
  const rule = rules.find((one) => one.path === path);
  if (rule !== undefined) {
    const more = { ...rule, access: union(rule.access, access), uses: [...rule.uses, added] };
    return rules.map((one) => (one === rule ? more : one));
  }
  const fresh = { path, directory: true, access, uses: [added], guarded: undefined };
  return [...rules, fresh].sort((one, other) => comparePaths(one.path, other.path));
}

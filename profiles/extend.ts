import type { Inference } from '../inference/inference.js';
import { difference, scopeSet } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { AmbientVariables } from '../tracer/ambient-names.js';
import { profileOf } from './from-inference.js';
import { inhabited } from './inhabit.js';
import type { Learned, Profile, ProfilePathRule, ProfilePortRule } from './profile.js';

/**
 * A profile with what it lacks: its own rules stay as they are, with their reasons; a rule on the
 * very same path or port gets more rights and further reasons, all others are added.
 *
 * @param variables - what they stood for where the lack was observed.
 */
export function extendProfile(
  profile: Profile,
  lack: Inference,
  learned: Omit<Learned, 'findings'>,
  variables: AmbientVariables,
): Profile {
  const more = profileOf(lack, learned, variables);
  const unscoped = scopeSet(...lack.unscoped.map(({ scope }) => scope));
  const extended = {
    ...profile,
    scoped: difference(profile.scoped, unscoped),
    paths: sorted(profile, more.paths.reduce(withPath, profile.paths)),
    ports: more.ports.reduce(withPort, profile.ports),
    creations: [...profile.creations, ...more.creations].sort((one, other) =>
      comparePaths(one.path, other.path),
    ),
    learned: together(profile.learned, more.learned),
  };
  return inhabited(extended, variables);
}

function withPath(
  rules: readonly ProfilePathRule[],
  added: ProfilePathRule,
): readonly ProfilePathRule[] {
  const same = rules.find(({ parents }) => parents.join() === added.parents.join());
  if (same === undefined) return [...rules, added];
  return rules.map((rule) => (rule === same ? merged(rule, added) : rule));
}

function withPort(
  rules: readonly ProfilePortRule[],
  added: ProfilePortRule,
): readonly ProfilePortRule[] {
  const same = rules.find(({ ports }) => ports.join() === added.ports.join());
  if (same === undefined) return [...rules, added];
  return rules.map((rule) => (rule === same ? merged(rule, added) : rule));
}

/** What is known already is not said twice. */
function merged<Rule extends ProfilePathRule | ProfilePortRule>(rule: Rule, added: Rule): Rule {
  const further = added.reasons.filter((reason) => !rule.reasons.includes(reason));
  return {
    ...rule,
    access: (rule.access | added.access) as Rule['access'],
    reasons: [...rule.reasons, ...further],
  };
}

/** In a learned file rules stand in the order of their paths; what was written by hand stays. */
function sorted(
  { learned }: Profile,
  paths: readonly ProfilePathRule[],
): readonly ProfilePathRule[] {
  if (learned === undefined) return paths;
  return [...paths].sort((one, other) =>
    comparePaths(one.parents[0] ?? '', other.parents[0] ?? ''),
  );
}

function together(one: Learned | undefined, other: Learned | undefined): Learned | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const commands = new Map(
    [...one.commands, ...other.commands].map((words) => [JSON.stringify(words), words]),
  );
  return {
    tool: other.tool,
    tracer: each(one.tracer.split(', '), other.tracer.split(', ')).join(', '),
    commands: [...commands].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, words]) => words),
    gaps: each(one.gaps, other.gaps),
    findings: [...new Set([...one.findings, ...other.findings])],
  };
}

function each(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])].filter((text) => text !== '').sort();
}

import type { Inference, PathRule } from '../inference/inference.js';
import {
  accessNames,
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  isSubset,
  union,
} from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { AmbientVariables } from '../tracer/ambient-names.js';
import { profileOf } from './from-inference.js';
import { inhabited } from './inhabit.js';
import type { Learned, Profile, ProfilePathRule } from './profile.js';
import { type ResolvedProfile, resolveProfile } from './resolve.js';

/**
 * A profile's rules as if they had been inferred, with their comments for evidence.
 *
 * @param isDirectory - what stands at a path, where the rights do not tell.
 * @param guardedAt - what a path is guarded as.
 */
export function inferenceOfProfile(
  profile: Profile,
  resolved: ResolvedProfile,
  isDirectory: (path: string) => boolean,
  guardedAt: (path: string) => string | undefined,
): Inference {
  const paths = new Map<string, PathRule>();
  for (const { path, access, rule } of resolved.paths) {
    const known = paths.get(path);
    const all = union(access, known?.access ?? fsAccess());
    paths.set(path, {
      path,
      directory: !isSubset(all, fileAccess) || isDirectory(path),
      access: all,
      uses: [],
      guarded: guardedAt(path),
      told: [...(known?.told ?? []), ...rule.reasons],
    });
  }
  const unscoped = difference(allAccess('scope', profile.abi), profile.scoped);
  return {
    abi: profile.abi,
    paths: [...paths.values()].sort((one, other) => comparePaths(one.path, other.path)),
    ports: [...resolved.ruleset.ports]
      .sort((one, other) => one.port - other.port)
      .map((rule) => ({ ...rule, uses: [] })),
    unscoped: accessNames('scope', unscoped).map((scope) => ({ scope, uses: [] })),
    creations: resolved.creations,
    findings: [],
  };
}

/**
 * A profile with the rules that decisions leave of it. Tables of which nothing was taken stay as
 * they are, with their comments and variables; further rules are spelled by the surroundings where
 * others are.
 */
export function withDecidedRules(
  profile: Profile,
  inference: Inference,
  here: AmbientVariables,
): Profile {
  const learned: Omit<Learned, 'findings'> = profile.learned ?? unknown;
  const decided = profileOf(inference, learned);
  const portable = profile.variables.some(({ ambient }) => ambient !== undefined);
  const rules = new Map(inference.paths.map((rule) => [rule.path, rule]));
  const kept = profile.paths.flatMap((rule) => keptOf(rule, profile, rules));
  const granted = grantedBy(kept, profile);
  const further = inference.paths.flatMap((rule) => {
    const access = difference(rule.access, granted.get(rule.path) ?? fsAccess());
    return access === 0 ? [] : [{ ...rule, access }];
  });
  const more = profileOf({ ...inference, paths: further }, learned, portable ? here : {}).paths;
  const left: Profile = {
    ...profile,
    scoped: decided.scoped,
    paths: more.length === 0 ? kept : sorted([...kept, ...more]),
    ports: decided.ports.map((rule) => ({ ...rule, reasons: reasonsOf(profile, rule.ports) })),
    creations: profile.creations.filter(({ path }) =>
      decided.creations.some((creation) => resolves(profile, path, creation.path)),
    ),
  };
  return portable ? inhabited(left, here) : left;
}

const unknown = { tool: '', tracer: '', commands: [], gaps: [] };

/** What of a table's paths is still granted all that it grants; what is granted less comes anew. */
function keptOf(
  rule: ProfilePathRule,
  profile: Profile,
  left: ReadonlyMap<string, PathRule>,
): readonly ProfilePathRule[] {
  const parents = rule.parents.filter((parent) =>
    pathsOf(profile, parent).every((path) =>
      isSubset(rule.access, left.get(path)?.access ?? fsAccess()),
    ),
  );
  if (parents.length === 0) return [];
  return [parents.length === rule.parents.length ? rule : { ...rule, parents }];
}

function grantedBy(
  rules: readonly ProfilePathRule[],
  profile: Profile,
): ReadonlyMap<string, FsAccess> {
  const granted = new Map<string, FsAccess>();
  for (const { parents, access } of rules) {
    for (const path of parents.flatMap((parent) => pathsOf(profile, parent))) {
      granted.set(path, union(granted.get(path) ?? fsAccess(), access));
    }
  }
  return granted;
}

function reasonsOf(profile: Profile, ports: readonly number[]): readonly string[] {
  return (
    profile.ports.find((rule) => rule.ports.some((port) => ports.includes(port)))?.reasons ?? []
  );
}

/** What stands for nothing here was not decided about. */
function resolves(profile: Profile, template: string, path: string): boolean {
  const paths = pathsOf(profile, template);
  return paths.length === 0 || paths.some((one) => one === path.replaceAll('$$', '$'));
}

function pathsOf(profile: Profile, template: string): readonly string[] {
  const rule = { parents: [template], access: fsAccess('execute'), reasons: [] };
  return resolveProfile({ ...profile, paths: [rule], creations: [] }, '').paths.map(
    ({ path }) => path,
  );
}

/** Learned files have the program's own rules before those of families: only new rules are moved. */
function sorted(rules: readonly ProfilePathRule[]): readonly ProfilePathRule[] {
  const single = rules.filter(({ parents }) => parents.length === 1);
  const tables = rules.filter(({ parents }) => parents.length !== 1);
  const byPath = (one: ProfilePathRule, other: ProfilePathRule) =>
    comparePaths(one.parents[0] ?? '', other.parents[0] ?? '');
  return [...[...single].sort(byPath), ...tables];
}

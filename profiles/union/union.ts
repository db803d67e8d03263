import type { Decision } from '../../inference/decisions/decision.js';
import { decisionList, decisionsOf } from '../../inference/decisions/decisions.js';
import {
  allAccess,
  intersection,
  isSubset,
  type NetAccess,
  netAccess,
  union,
} from '../../landlock/access-set.js';
import { comparePaths } from '../../landlock/hierarchy.js';
import type { Learned, Profile, ProfileCreation, ProfilePortRule } from '../profile.js';
import { alike, sortedSet } from './agreement.js';
import { unitedPaths } from './paths.js';
import { withAgreedVariables } from './variables.js';

/**
 * The profile that allows what any of these allows, and no more. The order of the profiles and how
 * often one comes make no difference, nor does putting some of them together first: to what is
 * allowed, and for profiles that restrict the same and agree on their variables, to any byte.
 *
 * What one of them does not restrict stays unrestricted, so that the oldest ABI is the union's.
 *
 * @param profiles - one or more.
 */
export function unionOfProfiles(profiles: readonly Profile[]): Profile {
  const { variables, profiles: all } = withAgreedVariables(profiles);
  const [first] = all;
  if (first === undefined) throw new RangeError('there is no union of no profiles');
  const abi = Math.min(...all.map((profile) => profile.abi));
  const handledFs = all.map((profile) => profile.handledFs).reduce(intersection);
  const handledNet = all.map((profile) => profile.handledNet).reduce(intersection);
  const decisions = unitedDecisions(all);
  return {
    abi,
    variables,
    handledFs: intersection(handledFs, allAccess('fs', abi)),
    handledNet: intersection(handledNet, allAccess('net', abi)),
    scoped: all.map((profile) => profile.scoped).reduce(intersection),
    paths: unitedPaths(all, handledFs),
    ports: unitedPorts(all, handledNet),
    creations: unitedCreations(all),
    learned: unitedLearned(all.flatMap(({ learned }) => learned ?? [])),
    ...(decisions.length === 0 ? {} : { decisions }),
  };
}

/** What was decided in any of them; of two that contradict each other, always the same one. */
export function unitedDecisions(profiles: readonly Profile[]): readonly Decision[] {
  const decisions = profiles
    .flatMap((profile) => profile.decisions ?? [])
    .map((decision) => [JSON.stringify(decision), decision] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, decision]) => decision);
  return decisionList(decisionsOf(decisions));
}

/** A port each: a rule with several becomes several rules, unless all profiles have it so. */
function unitedPorts(profiles: readonly Profile[], handled: NetAccess): readonly ProfilePortRule[] {
  const rules = new Map<number, ProfilePortRule[]>();
  for (const rule of profiles.flatMap(({ ports }) => ports)) {
    for (const port of rule.ports) rules.set(port, [...(rules.get(port) ?? []), rule]);
  }
  return [...rules]
    .sort(([one], [other]) => one - other)
    .map(([port, of]) => ({
      ports: [port],
      access: intersection(of.map(({ access }) => access).reduce(union, netAccess()), handled),
      reasons: alike(of.map(({ reasons }) => reasons)),
    }))
    .filter(({ access }) => !isSubset(access, netAccess()));
}

/** With the permissions of all. */
function unitedCreations(profiles: readonly Profile[]): readonly ProfileCreation[] {
  const creations = new Map<string, ProfileCreation>();
  for (const creation of profiles.flatMap((profile) => profile.creations)) {
    const key = `${creation.path}\0${creation.kind}`;
    const mode = creation.mode | (creations.get(key)?.mode ?? 0);
    creations.set(key, { ...creation, mode });
  }
  return [...creations.values()].sort(
    (one, other) => comparePaths(one.path, other.path) || (one.kind < other.kind ? -1 : 1),
  );
}

/** How the union came about is how its parts did. */
function unitedLearned(all: readonly Learned[]): Learned | undefined {
  if (all.length === 0) return undefined;
  const names = (of: (learned: Learned) => string) =>
    sortedSet(all.flatMap((learned) => of(learned).split(', '))).join(', ');
  const commands = new Map(
    all.flatMap((learned) => learned.commands.map((words) => [JSON.stringify(words), words])),
  );
  return {
    tool: names(({ tool }) => tool),
    tracer: names(({ tracer }) => tracer),
    commands: sortedSet([...commands.keys()]).map((key) => commands.get(key) ?? []),
    gaps: alike(all.map(({ gaps }) => gaps)),
    findings: alike(all.map(({ findings }) => findings)),
  };
}

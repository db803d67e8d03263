import { netAccess, union } from '../landlock/access-set.js';
import { comparePaths, isBeneath } from '../landlock/hierarchy.js';
import type { ObjectState, RecordedOperation } from '../tracer/trace.js';
import { anticipate } from './anticipate.js';
import { Census } from './census.js';
import { dropCovered } from './cover.js';
import { accessByHolder, equalise } from './equalise.js';
import { evidenceFor, mergeUses } from './evidence.js';
import { findingsOf } from './findings.js';
import { type Ground, type GroundedNeed, ground } from './ground.js';
import { GuardedPlaces } from './guarded.js';
import type { Inference, PathRule, PortRule, Unscoped, Use } from './inference.js';
import { type Needs, needsOf, type PortNeed } from './needs.js';

/** What one run showed: the part of a trace that inference looks at. */
export interface Run {
  readonly operations: readonly RecordedOperation[];
  readonly objects: readonly ObjectState[];
  /** The variables that tell where homes are. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The ruleset that allows all that the runs asked, and what the next one will ask since these
 * changed the disk; and no more than Landlock's hierarchies force. It depends on the set of what
 * was observed alone, not on its order.
 *
 * @param abi - of the kernels that are to enforce it: rights that it does not know are not asked.
 */
export function infer(runs: readonly Run[], abi: number): Inference {
  const census = new Census(runs.map(({ objects }) => objects));
  const guarded = new GuardedPlaces(runs.map(({ environment }) => environment));
  const records = runs.flatMap(({ operations }) => operations);
  const needs = needsOf(anticipate(records, census), abi);
  const grounded = ground(needs.paths, census, guarded, unmakeableNames(records));
  const all = [...grounded.needs, ...equalise(grounded, needs.moves)];
  const paths = pathRules(all, guarded);
  return {
    abi,
    paths,
    ports: portRules(needs.ports),
    unscoped: unscoped(needs),
    creations: usefulCreations(grounded, paths, needs),
    findings: findingsOf(needs, paths),
  };
}

/** Names that creating beforehand would not serve: taken away again, or to be made by the run. */
function unmakeableNames(records: readonly RecordedOperation[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { operation } of records) {
    switch (operation.kind) {
      case 'remove':
        names.add(operation.path);
        break;
      case 'rename':
        names.add(operation.from).add(operation.to);
        break;
      case 'link':
        names.add(operation.to);
        break;
      // Where something is, these fail with EEXIST; a directory is made in case there is none.
      case 'make':
        if (operation.type !== 'directory') names.add(operation.path);
        break;
      case 'open':
        if (operation.create === 'exclusive') names.add(operation.path);
        break;
    }
  }
  return names;
}

function pathRules(needs: readonly GroundedNeed[], guarded: GuardedPlaces): readonly PathRule[] {
  const rules = dropCovered(accessByHolder(needs));
  const evidence = evidenceFor(rules, needs);
  const directories = new Set(
    needs.filter((need) => need.holderIsDirectory).map((need) => need.holder),
  );
  return [...rules].map(([path, access]) => ({
    path,
    directory: directories.has(path),
    access,
    uses: evidence.get(path) ?? [],
    guarded: guarded.at(path),
  }));
}

function portRules(needs: readonly PortNeed[]): readonly PortRule[] {
  const byPort = new Map<number, PortNeed[]>();
  for (const need of needs) byPort.set(need.port, [...(byPort.get(need.port) ?? []), need]);
  return [...byPort]
    .sort(([one], [other]) => one - other)
    .map(([port, of]) => ({
      port,
      access: of.map(({ access }) => access).reduce(union, netAccess()),
      uses: mergeUses(of.map(({ use }) => use)),
    }));
}

function unscoped({ scopes }: Needs): readonly Unscoped[] {
  const byScope = new Map<Unscoped['scope'], Use[]>();
  for (const { scope, use } of scopes) byScope.set(scope, [...(byScope.get(scope) ?? []), use]);
  return [...byScope]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([scope, uses]) => ({ scope, uses: mergeUses(uses) }));
}

/** Only what a rule lies on or leads through is worth making, and what is then not made any more. */
function usefulCreations({ creations }: Ground, paths: readonly PathRule[], needs: Needs) {
  const served = [
    ...paths.map(({ path }) => path),
    ...needs.paths.flatMap(({ makes }) => makes ?? []),
  ];
  return creations
    .filter((creation) => served.some((path) => isBeneath(path, creation.path)))
    .sort((one, other) => comparePaths(one.path, other.path));
}

import type { FsAccess } from '../landlock/access-set.js';
import type { Operation } from '../landlock/operation.js';
import { abstractionMapOf } from './abstraction-map.js';
import { anticipated, isInVain } from './anticipate.js';
import { Census } from './census.js';
import { type DangerMap, dangerMapOf } from './danger-map.js';
import { type DangerousDeed, DangerousDeeds } from './deed-findings.js';
import { deniedNeeds } from './denied-needs.js';
import { type Foreseen, foreseenNeeds } from './foreseen.js';
import { type Ground, ground } from './ground.js';
import { GuardedPlaces } from './guarded.js';
import type { PathRule } from './inference.js';
import { lookupRules } from './lookups.js';
import { mayFold } from './may-fold.js';
import { GatheredNeeds, type Needs } from './needs.js';
import type { PathGlob } from './path-glob.js';
import type { PathNode } from './path-tree.js';
import type { Run } from './run.js';
import { RunMarks, seenOperations } from './run-marks.js';
import { varyingNodes } from './varying.js';

/** What the runs ask of any ruleset, before it is decided which rules serve it. */
export interface Observed {
  readonly abi: number;
  readonly needs: Needs;
  readonly ground: Ground;
  /** What no run showed and the next one may need, by what is known of families of paths. */
  readonly foreseen: Foreseen;
  /** Rules for what was looked for and not there; those that are not wanted are offered. */
  readonly lookups: readonly PathRule[];
  readonly guarded: GuardedPlaces;
  readonly dangers: DangerMap;
  readonly deeds: readonly DangerousDeed[];
  readonly census: Census;
  readonly marks: RunMarks;
}

/**
 * What the runs asked, and what the next one will ask since these changed the disk, each on what
 * will exist by then.
 *
 * @param abi - of the kernels that are to enforce it: rights that it does not know are not asked.
 * @param neverFold - places that are guarded as homes are.
 */
export function observe(
  runs: readonly Run[],
  abi: number,
  neverFold: readonly PathGlob[] = [],
): Observed {
  const census = new Census(runs.map(({ objects }) => objects));
  const environments = runs.map(({ environment }) => environment);
  const guarded = new GuardedPlaces(environments, neverFold);
  const dangers = dangerMapOf(environments);
  const deeds = new DangerousDeeds(dangers);
  const unmakeable = new Set<string>();
  const asked = new GatheredNeeds(abi, census.tree);
  // Looked at once: of a million operations each is made as it is looked at.
  for (const record of seenOperations(runs)) {
    deeds.note(record);
    noteUnmakeable(record.operation, unmakeable);
    if (!isInVain(record)) asked.add(record, 'observed');
    const next = anticipated(record, census);
    if (next !== undefined) asked.add(next, 'anticipated');
  }
  const denials = runs.flatMap(({ denials: own = [] }) => own);
  const needs = together(
    asked,
    denials.length === 0 ? undefined : deniedNeeds(denials, abi, census),
  );
  const mayGrant = ({ path }: PathNode, access: FsAccess) =>
    mayFold(path, access, guarded, dangers);
  const foreseen = foreseenNeeds(
    needs.paths,
    census,
    abstractionMapOf(environments),
    abi,
    mayGrant,
  );
  census.tree.sort();
  const marks = new RunMarks(runs);
  const varying = varyingNodes(needs.paths, census, marks, mayGrant);
  const grounded = ground(needs.paths, census, guarded, unmakeable, varying);
  return {
    ...{ abi, needs, ground: grounded, foreseen, guarded, dangers, census, marks },
    lookups: lookupRules(
      runs.flatMap(({ lookups = [] }) => lookups),
      abi,
      guarded,
    ),
    deeds: deeds.found(),
  };
}

function together(one: Needs, other: Needs | undefined): Needs {
  if (other === undefined) return one;
  return {
    paths: [...one.paths, ...other.paths],
    ports: [...one.ports, ...other.ports],
    scopes: [...one.scopes, ...other.scopes],
    moves: [...one.moves, ...other.moves],
    topology: [...one.topology, ...other.topology],
    crossings: [...one.crossings, ...other.crossings],
  };
}

/** Notes names that creating beforehand would not serve: taken away again, or to be made by the run. */
function noteUnmakeable(operation: Operation, names: Set<string>): void {
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

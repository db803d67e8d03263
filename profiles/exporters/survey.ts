import { type FsAccess, fsAccess, intersection, union } from '../../landlock/access-set.js';
import { hierarchiesOf } from '../../landlock/hierarchy.js';
import type { Operation } from '../../landlock/operation.js';
import { requiredAccess } from '../../landlock/required-access.js';
import type { Population } from '../count-beneath.js';
import type { ResolvedPath, ResolvedProfile } from '../resolve.js';

/** What rules grant, held against what was seen and what is there. */
export interface Survey {
  /** Whether there were traces: else nothing can be said of what was used. */
  readonly traced: boolean;
  readonly rules: readonly SurveyedRule[];
  /** What was seen and no rule grants, or not all of it. */
  readonly ungranted: readonly Seen[];
}

export interface SurveyedRule {
  readonly rule: ResolvedPath;
  /** What was used of it, at its path and beneath. */
  readonly seen: readonly Seen[];
  /** What stands there; undefined where that was not counted. */
  readonly population: Population | undefined;
}

/** Everything that was asked of one path. */
export interface Seen {
  readonly path: string;
  readonly access: FsAccess;
  /** The executables that asked, and by which calls. */
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly count: number;
}

/** An operation of a trace, as much of it as a survey looks at. */
export interface SeenOperation {
  readonly operation: Operation;
  readonly executable: string;
  readonly call: string;
  /** `ok`, or the error's name. */
  readonly result: string;
  readonly count: number;
}

/**
 * Holds a profile against the runs of a program.
 *
 * @param operations - of the runs; undefined where there are no traces.
 */
export function surveyOf(
  { abi, paths }: ResolvedProfile,
  operations: Iterable<SeenOperation> | undefined,
  populationOf: (path: string) => Population | undefined,
): Survey {
  const rulesAt = new Map<string, ResolvedPath[]>();
  for (const rule of paths) {
    const others = rulesAt.get(rule.path);
    if (others === undefined) rulesAt.set(rule.path, [rule]);
    else others.push(rule);
  }
  const served = new Map<ResolvedPath, Seen[]>(paths.map((rule) => [rule, []]));
  const ungranted: Seen[] = [];
  for (const seen of seenPaths(operations ?? [], abi)) {
    let granted = fsAccess();
    for (const hierarchy of hierarchiesOf(seen.path)) {
      for (const rule of rulesAt.get(hierarchy) ?? []) {
        if (intersection(rule.access, seen.access) !== 0) served.get(rule)?.push(seen);
        granted = union(granted, rule.access);
      }
    }
    if (intersection(granted, seen.access) !== seen.access) ungranted.push(seen);
  }
  return {
    traced: operations !== undefined,
    rules: paths.map((rule) => ({
      rule,
      seen: served.get(rule) ?? [],
      population: populationOf(rule.path),
    })),
    ungranted,
  };
}

interface Growing {
  path: string;
  access: FsAccess;
  callers: Map<string, Set<string>>;
  count: number;
}

function seenPaths(operations: Iterable<SeenOperation>, abi: number): readonly Seen[] {
  const seen = new Map<string, Growing>();
  for (const { operation, executable, call, result, count } of operations) {
    // What was not there was not used; Landlock was not even asked.
    if (result === 'ENOENT') continue;
    for (const requirement of requiredAccess(operation, abi)) {
      if (requirement.kind !== 'path') continue;
      const { path, access } = requirement;
      const known = seen.get(path) ?? { path, access: fsAccess(), callers: new Map(), count: 0 };
      known.access = union(known.access, access);
      known.count += count;
      known.callers.set(executable, (known.callers.get(executable) ?? new Set()).add(call));
      seen.set(path, known);
    }
  }
  return [...seen.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

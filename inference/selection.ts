import type { Operation } from '../landlock/operation.js';
import { pathsOf } from '../landlock/operation-paths.js';
import type { RecordedOperation } from '../tracer/trace.js';
import { Globs, type PathGlob } from './path-glob.js';
import type { Run } from './run.js';

/** Which of the observations are granted: those that `include` holds, without those of `exclude`. */
export interface Selection {
  /** Where it is empty, everything. */
  readonly include: readonly PathGlob[];
  readonly exclude: readonly PathGlob[];
}

/** Observed, and not to be granted. */
export interface LeftOut {
  readonly record: RecordedOperation;
  /** What it was left out for, of what it names. */
  readonly path: string;
  /** Undefined where no `include` holds it. */
  readonly glob: PathGlob | undefined;
}

export interface Selected {
  readonly runs: readonly Run[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Parts what is to be granted from what is not. An operation is left out as a whole for any path
 * that it names, since the kernel does not allow it by half; of a program that is started with its
 * interpreters, each is an object of its own.
 */
export function select(runs: readonly Run[], { include, exclude }: Selection): Selected {
  if (include.length === 0 && exclude.length === 0) return { runs, leftOut: [] };
  const leftOut: LeftOut[] = [];
  const among = isIncluded(include);
  const excluded = new Globs(exclude);
  const reasonAgainst = (path: string): Omit<LeftOut, 'record'> | undefined => {
    const glob = excluded.holding(path);
    if (glob !== undefined) return { path, glob };
    return among(path) ? undefined : { path, glob: undefined };
  };
  const reasonOf = (operation: Operation) =>
    pathsOf(operation)
      .map(reasonAgainst)
      .find((reason) => reason !== undefined);
  const kept = (record: RecordedOperation): readonly RecordedOperation[] => {
    if (reasonOf(record.operation) === undefined) return [record];
    return partsOf(record.operation).flatMap((operation) => {
      const part = { ...record, operation };
      const reason = reasonOf(operation);
      if (reason === undefined) return part;
      leftOut.push({ ...reason, record: part });
      return [];
    });
  };
  return {
    runs: runs.map((run) => ({ ...run, operations: [...run.operations].flatMap(kept) })),
    leftOut,
  };
}

/** Whether a path is among those that globs include: all are where there are none. */
export function isIncluded(include: Selection['include']): (path: string) => boolean {
  if (include.length === 0) return () => true;
  const globs = new Globs(include);
  return (path) => globs.holding(path) !== undefined;
}

function partsOf(operation: Operation): readonly Operation[] {
  if (operation.kind !== 'execute') return [operation];
  return [operation.program, ...operation.interpreters].map((program) => ({
    kind: 'execute',
    program,
    interpreters: [],
  }));
}

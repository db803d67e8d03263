import type { RecordedOperation } from '../tracer/trace.js';
import type { Run } from './run.js';

/** A program that ran, and the programs that it started, by the paths of their executables. */
export interface Program {
  readonly executable: string;
  readonly starts: readonly string[];
}

/** The programs of the runs, in the order of their paths. */
export function programsOf(runs: readonly Run[]): readonly Program[] {
  const ran = new Set<string>();
  for (const { executable } of records(runs)) ran.add(executable);
  const starts = new Map<string, Set<string>>(
    [...ran].map((executable) => [executable, new Set()]),
  );
  for (const { executable, operation } of records(runs)) {
    if (operation.kind !== 'execute') continue;
    // Of a script, the process is its interpreter's.
    for (const started of [operation.program, ...operation.interpreters]) {
      if (ran.has(started) && started !== executable) starts.get(executable)?.add(started);
    }
  }
  return [...ran]
    .sort()
    .map((executable) => ({ executable, starts: [...(starts.get(executable) ?? [])].sort() }));
}

/** The runs with what one program did itself, and what it takes to start it. */
export function ofProgram(runs: readonly Run[], executable: string): readonly Run[] {
  return ofPrograms(runs, new Set([executable]), executable);
}

/**
 * The runs with what a program and all that it leads to did, as far as a domain of its own has to
 * allow it: a domain is inherited. A program that others start as well counts with all it did.
 */
export function ofProgramAndItsOwn(runs: readonly Run[], executable: string): readonly Run[] {
  const starts = new Map(programsOf(runs).map((program) => [program.executable, program.starts]));
  const reached = new Set([executable]);
  for (const each of reached) for (const started of starts.get(each) ?? []) reached.add(started);
  return ofPrograms(runs, reached, executable);
}

function ofPrograms(
  runs: readonly Run[],
  executables: ReadonlySet<string>,
  first: string,
): readonly Run[] {
  return runs.map((run) => ({
    ...run,
    // A denial does not tell whose it was.
    denials: [],
    lookups: (run.lookups ?? []).filter(({ executable }) => executables.has(executable)),
    operations: [...run.operations].filter(
      (record) => executables.has(record.executable) || isStartOf(record, first),
    ),
  }));
}

function isStartOf({ operation }: RecordedOperation, executable: string): boolean {
  if (operation.kind !== 'execute') return false;
  return operation.program === executable || operation.interpreters.includes(executable);
}

function* records(runs: readonly Run[]): Generator<RecordedOperation> {
  for (const { operations } of runs) yield* operations;
}

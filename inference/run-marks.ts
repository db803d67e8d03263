import type { Seen } from './inference.js';
import type { Run, SeenOperation } from './run.js';
import { countRuns, noRuns, type RunSet, SingleRuns } from './run-set.js';
import type { SeenUse } from './seen-uses.js';

/** Which of several runs a use was seen in. */
export class RunMarks {
  readonly count: number;

  constructor(runs: readonly Pick<Run, 'standsFor'>[]) {
    this.count = countOf(runs);
  }

  /** The runs of a use; none where it is not of a run, but what was made of one. */
  of(use: SeenUse): RunSet {
    return use.runs ?? noRuns;
  }

  /** How many of the runs these are; undefined where that says nothing, or nobody can tell. */
  seenIn(runs: RunSet): Seen | undefined {
    const tells = this.count > 1 && runs !== noRuns;
    return tells ? { runs: countRuns(runs), of: this.count } : undefined;
  }
}

/** What was done, where there are several runs with those that did it: of a single run all is. */
export function* seenOperations(runs: readonly Run[]): Generator<SeenOperation> {
  const several = countOf(runs) > 1;
  const singles = new SingleRuns();
  let first = 0;
  for (const { operations, standsFor = 1 } of runs) {
    for (const record of operations) {
      const isMarked = !several || record.runs !== undefined;
      yield isMarked ? record : { ...record, runs: singles.of(first) };
    }
    first += standsFor;
  }
}

function countOf(runs: readonly Pick<Run, 'standsFor'>[]): number {
  return runs.reduce((sum, { standsFor = 1 }) => sum + standsFor, 0);
}

import type { Seen, Use } from './inference.js';
import type { Run } from './observe.js';
import { countRuns, noRuns, type RunSet, SingleRuns } from './run-set.js';

/** Which of several runs a use was seen in. */
export class RunMarks {
  readonly count: number;
  readonly #runs = new Map<Use, RunSet>();

  constructor(runs: readonly Pick<Run, 'operations' | 'standsFor'>[]) {
    this.count = runs.reduce((sum, { standsFor = 1 }) => sum + standsFor, 0);
    // Of a single run everything is.
    if (this.count < 2) return;
    const singles = new SingleRuns();
    let first = 0;
    for (const { operations, standsFor = 1 } of runs) {
      for (const record of operations) {
        this.#runs.set(record, record.runs ?? singles.of(first));
      }
      first += standsFor;
    }
  }

  /** The runs of a use; none where it is not of a run, but what was made of one. */
  of(use: Use): RunSet {
    return this.#runs.get(use) ?? noRuns;
  }

  /** How many of the runs these are; undefined where that says nothing, or nobody can tell. */
  seenIn(runs: RunSet): Seen | undefined {
    const tells = this.count > 1 && runs !== noRuns;
    return tells ? { runs: countRuns(runs), of: this.count } : undefined;
  }
}

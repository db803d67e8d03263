import type { RecordedOperation } from '../tracer/trace.js';
import type { Seen, Use } from './inference.js';

/** A set of runs: a bit for each of the first, and one for all further ones together. */
export type RunSet = number;

/** Which of several runs a use was seen in. */
export class RunMarks {
  readonly count: number;
  readonly #runs = new Map<Use, RunSet>();

  /** @param runs - the operations of each. */
  constructor(runs: readonly (readonly RecordedOperation[])[]) {
    this.count = runs.length;
    // Of a single run everything is.
    if (runs.length < 2) return;
    for (const [run, records] of runs.entries()) {
      for (const record of records) this.#runs.set(record, 1 << Math.min(run, mostRuns));
    }
  }

  /** The run of a use; none where it is not of a run, but what was made of one. */
  of(use: Use): RunSet {
    return this.#runs.get(use) ?? 0;
  }

  /** How many of the runs these are; undefined where that says nothing, or nobody can tell. */
  seenIn(runs: RunSet): Seen | undefined {
    const tells = this.count > 1 && this.count <= mostRuns && runs !== 0;
    return tells ? { runs: countRuns(runs), of: this.count } : undefined;
  }
}

/** A number has 31 bits that are no sign. */
const mostRuns = 30;

function countRuns(set: RunSet): number {
  let count = 0;
  for (let left = set >>> 0; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** A set of runs: a bit for each. */
export type RunSet = bigint;

export const noRuns: RunSet = 0n;

/** How many runs are in a set. */
export function countRuns(set: RunSet): number {
  let count = 0;
  for (const digit of set.toString(16)) count += bitsOf[Number.parseInt(digit, 16)] ?? 0;
  return count;
}

const bitsOf = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];

/** The sets of one run: each once, since those of late runs are long, and many uses are of one. */
export class SingleRuns {
  readonly #sets: RunSet[] = [];

  of(run: number): RunSet {
    const set = this.#sets[run] ?? 1n << BigInt(run);
    this.#sets[run] = set;
    return set;
  }
}

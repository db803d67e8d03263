import type { Known } from './left-behind.js';

/**
 * The processes of a target as they are met, in memory that two of our threads share. Who meets one
 * writes it down and wakes nobody: a message for each would have a thread of ours run beside a target
 * that starts many. Who wants to know reads.
 */
export class Roll {
  /** What a roll is made of in the other thread. */
  readonly memory: SharedArrayBuffer;
  /** How many were written, and how many were taken. */
  readonly #counts: Int32Array;
  readonly #entries: Float64Array;

  constructor(memory = new SharedArrayBuffer(countsSize + slots * entrySize)) {
    this.memory = memory;
    this.#counts = new Int32Array(memory, 0, 2);
    this.#entries = new Float64Array(memory, countsSize);
  }

  /** To be called by one thread alone. @returns false where there is no room until some are taken. */
  add({ id, start }: Known): boolean {
    const written = Atomics.load(this.#counts, 0);
    if (between(Atomics.load(this.#counts, 1), written) === slots) return false;
    this.#entries.set([id, Number(start)], placeOf(written));
    Atomics.store(this.#counts, 0, written + 1);
    return true;
  }

  /** Those that were not taken yet. To be called by one thread alone. */
  take(): readonly Known[] {
    const taken = Atomics.load(this.#counts, 1);
    const written = Atomics.load(this.#counts, 0);
    const processes = Array.from({ length: between(taken, written) }, (_, at) => {
      const [id = 0, start = 0] = this.#entries.subarray(placeOf(taken + at));
      return { id, start: String(start) };
    });
    Atomics.store(this.#counts, 1, written);
    return processes;
  }
}

const countsSize = 8;
const entrySize = 16;
/** A power of two, so that places go on where the counts, of 32 bits, begin anew. */
const slots = 1024;

function between(taken: number, written: number): number {
  return (written - taken) | 0;
}

function placeOf(count: number): number {
  return (count & (slots - 1)) * 2;
}

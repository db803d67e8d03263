import { Parting } from './parting.js';
import type { RecordedPart } from './recorded-part.js';
import type { Recording } from './recording.js';
import type { Gap } from './trace.js';

/** What is told of a run while it goes on, for a `GrowingRecord`. */
export interface Grown {
  readonly part: RecordedPart;
  /** All that there are so far. */
  readonly gaps: readonly Gap[];
}

/**
 * Tells what a run shows while it goes on: at a bounded pace, soon where something new was seen,
 * and now and then where the same was seen again.
 */
export class Growth {
  readonly #recording: Recording;
  readonly #tell: (grown: Grown) => void;
  readonly #parting = new Parting();
  #extent = 0;
  #last = performance.now();

  constructor(recording: Recording, tell: (grown: Grown) => void) {
    this.#recording = recording;
    this.#tell = tell;
    recording.follow();
  }

  /** Milliseconds until something is to be told; undefined while nothing is. */
  wait(): number | undefined {
    const { extent, hasGrown } = this.#recording;
    const pause = extent > this.#extent ? soon : hasGrown ? late : undefined;
    return pause === undefined ? undefined : Math.max(0, this.#last + pause - performance.now());
  }

  tell(): void {
    const part = this.#recording.grown(this.#parting);
    this.#extent = this.#recording.extent;
    this.#tell({ part, gaps: this.#recording.gaps() });
    this.#last = performance.now();
  }
}

/** Milliseconds: faster than that nobody reads. */
const soon = 400;
/** Milliseconds, for counts that have grown alone. */
const late = 5000;

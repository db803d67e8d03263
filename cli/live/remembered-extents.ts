import type { Extent, ExtentRequest, Extents } from '../../tracer/extent.js';
import { measureExtents, type Patience } from '../../tracer/measure-extents.js';

/**
 * Counts on the disk as `measureExtents` does, and for a while nothing twice: while a review grows
 * it is asked again and again, mostly for the same directories.
 */
export class RememberedExtents {
  readonly #counted = new Map<string, Extent>();
  /** Of which it is known how many files are programs. */
  readonly #lookedAt = new Set<string>();
  readonly #cut = new Set<string>();
  /** What was given up as not worth counting on. */
  readonly #dropped = new Set<string>();
  #stale = 0;

  measure(request: ExtentRequest, patience: Patience): Extents {
    const now = performance.now();
    if (now > this.#stale) {
      this.forget();
      this.#stale = now + shelfLife;
    }
    for (const path of request.directories) {
      // What was counted without a look at each file does not tell how many are programs.
      if (request.countsPrograms(path) && !this.#lookedAt.has(path)) this.#counted.delete(path);
    }
    const directories = request.directories.filter((path) => !this.#isKnown(path));
    const { of, cut } = measureExtents({ ...request, directories }, patience, this.#counted);
    for (const path of cut) this.#cut.add(path);
    for (const path of directories) {
      const extent = of.get(path);
      if (extent !== undefined) this.#counted.set(path, extent);
      else if (!this.#cut.has(path)) this.#dropped.add(path);
      if (request.countsPrograms(path)) this.#lookedAt.add(path);
    }
    return { of, cut: request.directories.filter((path) => this.#cut.has(path)).sort() };
  }

  /** Everything is to be counted anew. */
  forget(): void {
    this.#counted.clear();
    this.#lookedAt.clear();
    this.#cut.clear();
    this.#dropped.clear();
  }

  #isKnown(path: string): boolean {
    return this.#counted.has(path) || this.#cut.has(path) || this.#dropped.has(path);
  }
}

/** Milliseconds. */
const shelfLife = 30_000;

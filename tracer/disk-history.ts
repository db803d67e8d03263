import { hierarchiesOf, isBeneath } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';

/**
 * What a run did to the names on the disk, told in order: from it follows what existed before the
 * run, which no look at the disk afterwards can say.
 */
export class DiskHistory {
  readonly #first = new Map<string, FileType | 'missing'>();
  readonly #types = new Map<string, FileType>();
  readonly #made = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #changed = new Set<string>();

  /** The run met `path` and found `type` there. */
  found(path: string, type: FileType): void {
    this.#types.set(path, type);
    if (this.#first.has(path)) return;
    this.#first.set(path, this.madeByRun(path) ? 'missing' : type);
  }

  /** The run made `path`, which was not there. */
  made(path: string, type: FileType): void {
    this.#types.set(path, type);
    if (!this.#first.has(path)) this.#first.set(path, 'missing');
    this.#removed.delete(path);
    this.#made.add(path);
    this.#changed.add(path);
  }

  /** The run removed what stood at `path`. */
  removed(path: string, type: FileType): void {
    this.found(path, type);
    this.#made.delete(path);
    this.#removed.add(path);
    this.#changed.add(path);
  }

  /** The run gave `from` the name `to`, in place of `replaced`. */
  renamed(from: string, to: string, type: FileType, replaced: FileType | null): void {
    if (replaced !== null) this.found(to, replaced);
    this.removed(from, type);
    if (type === 'directory') this.#forgetBeneath(from);
    this.made(to, type);
  }

  /** What the run made in a directory went with the directory. */
  #forgetBeneath(directory: string): void {
    for (const made of this.#made) if (isBeneath(made, directory)) this.#made.delete(made);
  }

  /** Whether what stands at `path` now came there in this run. */
  madeByRun(path: string): boolean {
    for (const hierarchy of hierarchiesOf(path)) {
      if (this.#made.has(hierarchy)) return true;
    }
    return false;
  }

  /** Whether `path` was there and the run took it away. */
  removedByRun(path: string): boolean {
    return this.#removed.has(path);
  }

  /** The run met `path` by a descriptor, after its name had been taken away. */
  vanished(path: string): void {
    if (!this.#first.has(path)) this.#first.set(path, 'missing');
  }

  /** What last stood at `path`; a regular file where nothing is known. */
  typeOf(path: string): FileType {
    return this.#types.get(path) ?? 'regular';
  }

  /** Whether the run has met this very path. */
  knows(path: string): boolean {
    return this.#first.has(path);
  }

  /** Every path that the run met, how it found it, and whether it changed what stands there. */
  *paths(): Generator<{ path: string; before: FileType | 'missing'; changed: boolean }> {
    for (const [path, before] of this.#first) {
      yield { path, before, changed: this.#changed.has(path) };
    }
  }
}

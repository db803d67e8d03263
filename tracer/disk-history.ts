import { hierarchiesOf, isBeneath } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';
import { PathNotes } from './path-notes.js';

/**
 * What a run did to the names on the disk, told in order: from it follows what existed before the
 * run, which no look at the disk afterwards can say.
 */
export class DiskHistory {
  readonly #notes: PathNotes;
  readonly #made = new Set<string>();

  constructor(notes = new PathNotes()) {
    this.#notes = notes;
  }

  /** The run met `path` and found `type` there. */
  found(path: string, type: FileType): void {
    const note = this.#notes.at(path);
    note.type = type;
    note.before ??= this.madeByRun(path) ? 'missing' : type;
  }

  /** The run made `path`, which was not there. */
  made(path: string, type: FileType): void {
    const note = this.#notes.at(path);
    note.type = type;
    note.before ??= 'missing';
    note.removed = false;
    note.changed = true;
    this.#made.add(path);
  }

  /** The run removed what stood at `path`. */
  removed(path: string, type: FileType): void {
    this.found(path, type);
    const note = this.#notes.at(path);
    note.removed = true;
    note.changed = true;
    this.#made.delete(path);
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
    if (this.#made.size === 0) return false;
    for (const hierarchy of hierarchiesOf(path)) {
      if (this.#made.has(hierarchy)) return true;
    }
    return false;
  }

  /** Whether `path` was there and the run took it away. */
  removedByRun(path: string): boolean {
    return this.#notes.get(path)?.removed === true;
  }

  /** The run met `path` by a descriptor, after its name had been taken away. */
  vanished(path: string): void {
    this.#notes.at(path).before ??= 'missing';
  }

  /** What last stood at `path`; a regular file where nothing is known. */
  typeOf(path: string): FileType {
    return this.#notes.get(path)?.type ?? 'regular';
  }

  /** Whether the run has met this very path. */
  knows(path: string): boolean {
    return this.#notes.get(path)?.before !== undefined;
  }

  /** Every path that the run met, how it found it, and whether it changed what stands there. */
  *paths(): Generator<{ path: string; before: FileType | 'missing'; changed: boolean }> {
    for (const [path, { before, changed }] of this.#notes) {
      if (before !== undefined) yield { path, before, changed };
    }
  }
}

import type { FileType } from '../landlock/operation.js';

/** All that is noted of one path while a run goes on. */
export interface PathNote {
  /** How the run found it; undefined while it has not met it. */
  before: FileType | 'missing' | undefined;
  /** What stood there last. */
  type: FileType | undefined;
  /** It was there, and the run took it away. */
  removed: boolean;
  /** The run made, removed, renamed or replaced what stands there. */
  changed: boolean;
  /** The target opened it by itself, so that its descriptors carry Landlock's marks. */
  opened: boolean;
  /** What was done with it, the latest first. */
  tally: Tally | undefined;
}

/** How often one use was made of a path. A list: nearly every path has one use, or two. */
export interface Tally {
  readonly use: number;
  /** Its place among all operations of the run. */
  readonly place: number;
  count: number;
  next: Tally | undefined;
}

/** The paths that a run met, each kept once: a million of them is what memory is spent on. */
export class PathNotes {
  readonly #notes = new Map<string, PathNote>();
  /** Several things are noted of a path, one after the other. */
  #lastPath: string | undefined;
  #lastNote: PathNote | undefined;
  #touched: Set<string> | undefined;

  /** How many paths there are. */
  get size(): number {
    return this.#notes.size;
  }

  /** Whether anything was noted since it was last taken, where that is followed. */
  get isTouched(): boolean {
    return this.#touched !== undefined && this.#touched.size > 0;
  }

  /** From now on the paths of which something is noted are kept apart. */
  follow(): void {
    this.#touched ??= new Set();
  }

  /** The paths of which something was noted since they were last taken. */
  takeTouched(): ReadonlySet<string> {
    const touched = this.#touched ?? new Set();
    if (this.#touched !== undefined) this.#touched = new Set();
    this.#lastPath = undefined; // What is noted of it from now on is to be told again.
    return touched;
  }

  /** Something is noted of a path beside its note. */
  touch(path: string): void {
    this.#touched?.add(path);
  }

  get(path: string): PathNote | undefined {
    return this.#notes.get(path);
  }

  /** The note of a path, a new one where there was none. */
  at(path: string): PathNote {
    if (path === this.#lastPath && this.#lastNote !== undefined) return this.#lastNote;
    this.#touched?.add(path);
    const note = this.#notes.get(path) ?? this.#begin(path);
    this.#lastPath = path;
    this.#lastNote = note;
    return note;
  }

  #begin(path: string): PathNote {
    const note: PathNote = {
      before: undefined,
      type: undefined,
      removed: false,
      changed: false,
      opened: false,
      tally: undefined,
    };
    this.#notes.set(path, note);
    return note;
  }

  [Symbol.iterator](): Iterator<[string, PathNote]> {
    return this.#notes.entries();
  }

  /** Every path, in the order of the first meeting; each is forgotten as it is handed out. */
  *drained(): Generator<readonly [string, PathNote]> {
    this.#lastPath = undefined;
    this.#lastNote = undefined;
    for (const entry of this.#notes) {
      this.#notes.delete(entry[0]);
      yield entry;
    }
  }
}

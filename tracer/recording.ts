import { parentOf } from '../landlock/hierarchy.js';
import type { Operation } from '../landlock/operation.js';
import { Aggregate } from './aggregate.js';
import { DiskHistory } from './disk-history.js';
import { stateAt } from './disk-view.js';
import { type LiveOperation, LiveOperations } from './live-operations.js';
import { Lookups } from './lookups.js';
import type { OwnLayer } from './own-layer.js';
import { Parting } from './parting.js';
import { PathNotes } from './path-notes.js';
import type { Recorded } from './recorded.js';
import { Assembly, type RecordedPart } from './recorded-part.js';
import type { Gap, GapKind } from './trace.js';

/** What is noted of a run while it goes on; grows with distinct accesses and never with events. */
export class Recording {
  readonly #notes = new PathNotes();
  readonly disk = new DiskHistory(this.#notes);
  /** Files that the target opened by itself, whose descriptors carry Landlock's marks. */
  readonly opened = new Opened(this.#notes);
  /** Abstract UNIX sockets that the target's processes own. */
  readonly abstractNames = new Set<string>();
  readonly #aggregate = new Aggregate(this.#notes);
  readonly #gaps = new Map<string, Gap>();
  readonly #sought = new Map<string, Sought>();
  /** What the target wanted to read where nothing is. */
  readonly lookups = new Lookups();
  readonly #live: LiveOperations | undefined;

  /** @param onOperation - told of operations as they come; without it nothing is spent on that. */
  constructor(onOperation?: (operation: LiveOperation) => void) {
    this.#live = onOperation === undefined ? undefined : new LiveOperations(onOperation);
  }

  /** @returns where it was counted, for `again`; undefined where each is to be told. */
  add(operation: Operation, executable: string, call: string, result: string): Counted | undefined {
    const tally = this.#aggregate.add(operation, executable, call, result);
    if (this.#live === undefined) return tally;
    this.#live.note(operation, executable, call);
    return undefined;
  }

  /** What was counted there was done again, on the same path. */
  again(counted: Counted, path: string): void {
    counted.count += 1;
    this.#notes.touch(path);
  }

  /** The run wanted to remove a name at which nothing stood. */
  sought(path: string, what: 'directory' | 'other', executable: string, call: string): void {
    if (this.#sought.size < mostSought) this.#sought.set(path, { what, executable, call });
  }

  gap(kind: GapKind, detail: string, layer?: OwnLayer): void {
    if (this.#gaps.size >= mostGaps) return;
    if (layer === undefined) this.#gaps.set(`${kind} ${detail}`, { kind, detail });
    else this.#gaps.set(`${kind} ${detail} ${JSON.stringify(layer)}`, { kind, detail, layer });
  }

  gaps(): readonly Gap[] {
    return [...this.#gaps.values()];
  }

  /** From now on what is noted is kept apart, for `grown`. */
  follow(): void {
    this.#notes.follow();
  }

  /** How much was noted: it grows by what was not seen before, and never with a repetition. */
  get extent(): number {
    return this.#aggregate.size + this.#notes.size + this.#gaps.size;
  }

  /** Whether anything was noted since `grown` was asked. */
  get hasGrown(): boolean {
    return this.#notes.isTouched;
  }

  /**
   * All that is known of the paths of which something was noted since this was last asked, with the
   * disk as it is now. What is told is no less to be told in the end.
   *
   * @param parting - the same each time, and no other's.
   */
  grown(parting: Parting): RecordedPart {
    for (const path of this.#notes.takeTouched()) {
      const note = this.#notes.get(path);
      if (note !== undefined) parting.add(path, note);
    }
    return parting.last(this.#aggregate);
  }

  /** Everything, with the disk as it is now for the state after the run. To be asked once. */
  finish(): Recorded {
    const assembly = new Assembly();
    for (const part of this.parts()) assembly.add(part);
    return assembly.recorded(this.gaps());
  }

  /** The same in parts, each forgotten here as it is handed out. */
  *parts(): Generator<RecordedPart> {
    this.#addSought();
    const lookups = this.lookups.kept((path) => this.#isMissing(path));
    const parting = new Parting();
    for (const [path, note] of this.#notes.drained()) {
      if (parting.add(path, note) === partSize) yield parting.next(this.#aggregate);
    }
    yield { ...parting.last(this.#aggregate), lookups };
  }

  /** Whether nothing ever stood at a path, as far as the run met it, in a directory that is there. */
  #isMissing(path: string): boolean {
    const { before = 'missing', changed = false } = this.#notes.get(path) ?? {};
    if (before !== 'missing' || changed || stateAt(path).after !== 'missing') return false;
    return stateAt(parentOf(path)).after === 'directory';
  }

  /** What was not there to be removed, and was made by the run afterwards, will be there next time. */
  #addSought(): void {
    for (const [path, { what, executable, call }] of this.#sought) {
      if (!this.disk.madeByRun(path)) continue;
      const { after: type } = stateAt(path);
      if (type === 'missing' || (type === 'directory') !== (what === 'directory')) continue;
      this.#aggregate.add({ kind: 'remove', path, type }, executable, call, 'ENOENT');
    }
  }
}

/** Where operations that are all alike are counted. */
export interface Counted {
  count: number;
}

interface Sought {
  readonly what: 'directory' | 'other';
  readonly executable: string;
  readonly call: string;
}

/** The paths that the target opened by itself. */
class Opened {
  readonly #notes: PathNotes;

  constructor(notes: PathNotes) {
    this.#notes = notes;
  }

  add(path: string): void {
    this.#notes.at(path).opened = true;
  }

  has(path: string): boolean {
    return this.#notes.get(path)?.opened === true;
  }
}

const mostSought = 100_000;
/** More gaps than this tell no more to anybody, and a damaged log may have a million. */
const mostGaps = 1000;
/** Paths. */
const partSize = 10_000;

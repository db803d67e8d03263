import { parentOf } from '../landlock/hierarchy.js';
import type { Operation } from '../landlock/operation.js';
import { Aggregate } from './aggregate.js';
import { DiskHistory } from './disk-history.js';
import { stateAt } from './disk-view.js';
import { type LiveOperation, LiveOperations } from './live-operations.js';
import { Lookups } from './lookups.js';
import type { OwnLayer } from './own-layer.js';
import { PathNotes, type Tally } from './path-notes.js';
import { noPath, type State } from './recorded-columns.js';
import { Assembly, noState, type RecordedPart } from './recorded-part.js';
import type { Sequence } from './sequence.js';
import type { Gap, GapKind, ObjectState, RecordedOperation } from './trace.js';
import { volatilePart } from './volatile-names.js';

/** What a tracer has to say in the end, whichever way it saw it. */
export interface Recorded {
  readonly operations: Sequence<RecordedOperation>;
  readonly objects: Sequence<ObjectState>;
  /** What was to be read and was not there, as opens that failed. */
  readonly lookups: readonly RecordedOperation[];
  readonly gaps: readonly Gap[];
}

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

  add(operation: Operation, executable: string, call: string, result: string): void {
    this.#live?.note(operation, executable, call);
    this.#aggregate.add(operation, executable, call, result);
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
    const { uses, elsewhere } = this.#aggregate;
    const volatile = new Set<string>();
    const states = new States();
    let told = 0;
    let entries: Entry[] = [];
    for (const [path, { before, changed, tally }] of this.#notes.drained()) {
      const part = volatilePart(path);
      if (part !== undefined) volatile.add(part);
      const known = part === undefined && before !== undefined;
      const state = known ? states.of({ before, changed, ...stateAt(path) }) : noState;
      if (entries.push({ path, tally, state }) < partSize) continue;
      yield partOf(entries, uses.slice(told), states.fresh());
      told = uses.length;
      entries = [];
    }
    for (const path of volatile) {
      entries.push({ path, tally: undefined, state: states.of(neverThere) });
    }
    const last = partOf(entries, uses.slice(told), states.fresh(), elsewhere.values());
    yield { ...last, lookups };
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

interface Sought {
  readonly what: 'directory' | 'other';
  readonly executable: string;
  readonly call: string;
}

interface Entry {
  readonly path: string;
  readonly tally: Tally | undefined;
  readonly state: number;
}

/** The states of objects, each under a number. */
class States {
  readonly #numbers = new Map<string, number>();
  #fresh: State[] = [];

  of(state: State): number {
    const { before, after, changed, mode } = state;
    const key = `${before} ${after} ${changed} ${mode}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#fresh.push({ before, after, changed, mode });
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** Those that came since they were asked for last. */
  fresh(): readonly State[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** What stands for names of every run. */
const neverThere = { before: 'missing', after: 'missing', changed: true, mode: 0 } as const;

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

function partOf(
  entries: readonly Entry[],
  uses: RecordedPart['uses'],
  states: RecordedPart['states'],
  elsewhere: Iterable<Tally> = [],
): RecordedPart {
  const tallies: number[] = [];
  for (const [at, { tally }] of entries.entries()) {
    for (let each = tally; each !== undefined; each = each.next) {
      tallies.push(each.place, at, each.use, each.count);
    }
  }
  for (const { place, use, count } of elsewhere) tallies.push(place, noPath, use, count);
  return {
    uses,
    states,
    paths: entries.map(({ path }) => path).join('\0'),
    stateOf: Uint32Array.from(entries, ({ state }) => state),
    tallies: Uint32Array.from(tallies),
    lookups: [],
  };
}

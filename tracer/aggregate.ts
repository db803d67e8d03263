import type { Operation } from '../landlock/operation.js';
import type { PathNotes, Tally } from './path-notes.js';

/** An operation on whichever path, by one program: a run has few of them, and many paths. */
export interface Use {
  /** With the path that it was first seen with, where it has one. */
  readonly operation: Operation;
  readonly executable: string;
  readonly call: string;
  readonly result: string;
}

/** Counts equal operations as they arrive, so that size follows distinct ones. */
export class Aggregate {
  /** Each use under its number. */
  readonly uses: Use[] = [];
  /** What was done that has no path, or several, by the number of its use. */
  readonly elsewhere = new Map<number, Tally>();
  readonly #notes: PathNotes;
  readonly #numbers = new Map<string, number>();
  /** The numbers of uses that came lately: nearly every operation is an opening like one of them. */
  readonly #recent: number[] = [];
  #oldest = 0;
  #size = 0;

  constructor(notes: PathNotes) {
    this.#notes = notes;
  }

  /** How many different operations there are. */
  get size(): number {
    return this.#size;
  }

  /** @returns where it was counted: what is just like it may be counted there as well. */
  add(operation: Operation, executable: string, call: string, result: string): Tally {
    const use = this.#numberOf(operation, executable, call, result);
    return 'path' in operation ? this.#count(operation.path, use) : this.#countElsewhere(use);
  }

  #numberOf(operation: Operation, executable: string, call: string, result: string): number {
    if (operation.kind !== 'open') return this.#lookUp(operation, executable, call, result);
    for (const number of this.#recent) {
      const use = this.uses[number] as Use;
      const alike = use.call === call && use.executable === executable && use.result === result;
      if (alike && isOpenedAlike(use.operation, operation)) return number;
    }
    const number = this.#lookUp(operation, executable, call, result);
    this.#recent[this.#oldest] = number;
    this.#oldest = (this.#oldest + 1) % mostRecent;
    return number;
  }

  #lookUp(operation: Operation, executable: string, call: string, result: string): number {
    const key = `${withoutPath(operation)} ${call} ${result} ${executable}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.uses.length);
    return this.uses.push({ operation, executable, call, result }) - 1;
  }

  #count(path: string, use: number): Tally {
    const note = this.#notes.at(path);
    let before: Tally | undefined;
    for (let tally = note.tally; tally !== undefined; before = tally, tally = tally.next) {
      if (tally.use !== use) continue;
      tally.count += 1;
      if (before === undefined) return tally;
      before.next = tally.next;
      tally.next = note.tally;
      note.tally = tally;
      return tally;
    }
    note.tally = { use, place: this.#size++, count: 1, next: note.tally };
    return note.tally;
  }

  #countElsewhere(use: number): Tally {
    const known = this.elsewhere.get(use);
    if (known !== undefined) {
      known.count += 1;
      return known;
    }
    const tally: Tally = { use, place: this.#size++, count: 1, next: undefined };
    this.elsewhere.set(use, tally);
    return tally;
  }
}

const mostRecent = 8;

function isOpenedAlike(one: Operation, other: Operation & { readonly kind: 'open' }): boolean {
  return (
    one.kind === 'open' &&
    one.type === other.type &&
    one.read === other.read &&
    one.write === other.write &&
    one.truncate === other.truncate &&
    one.create === other.create
  );
}

/** What tells an operation from others on the same path. */
function withoutPath(operation: Operation): string {
  let key = '';
  for (const [name, value] of Object.entries(operation)) {
    if (name !== 'path') key += ` ${typeof value === 'object' ? JSON.stringify(value) : value}`;
  }
  return key;
}

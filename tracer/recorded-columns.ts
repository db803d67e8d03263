import type { Operation } from '../landlock/operation.js';
import type { Use } from './aggregate.js';
import { Numbers } from './numbers.js';
import type { Sequence } from './sequence.js';
import type { Texts } from './texts.js';
import type { ObjectState, RecordedOperation } from './trace.js';

/** For operations that are not about one path. */
export const noPath = 0xffffffff;

/**
 * Operations in columns: of a million that a program did there are a few uses and many paths. Those
 * that it hands out are made for whoever asks.
 */
export class OperationColumns implements Sequence<RecordedOperation> {
  readonly #texts: Texts;
  readonly #uses: Use[] = [];
  readonly #useAt = new Numbers();
  readonly #pathAt = new Numbers();
  readonly #countAt = new Numbers();

  /** @param texts - in which the paths lie. */
  constructor(texts: Texts) {
    this.#texts = texts;
  }

  get length(): number {
    return this.#useAt.length;
  }

  /** @returns the use's number. */
  addUse(use: Use): number {
    return this.#uses.push(use) - 1;
  }

  /** Puts an operation at its place: how often a use was made of a path, or of `noPath`. */
  put(place: number, use: number, path: number, count: number): void {
    this.#useAt.put(place, use);
    this.#pathAt.put(place, path);
    this.#countAt.put(place, count);
  }

  *[Symbol.iterator](): Generator<RecordedOperation> {
    for (let place = 0; place < this.length; place++) yield this.#at(place);
  }

  #at(place: number): RecordedOperation {
    const use = this.#uses[this.#useAt.at(place)];
    if (use === undefined) throw new Error('a part of the recording came before what it rests on');
    const path = this.#pathAt.at(place);
    const operation =
      path === noPath ? use.operation : withPath(use.operation, this.#texts.at(path));
    const { executable, call, result } = use;
    return { operation, executable, call, result, count: this.#countAt.at(place) };
  }
}

/** What stood at a path, whichever it is. */
export type State = Omit<ObjectState, 'path'>;

/** The states of objects in columns, of which many are alike. */
export class ObjectColumns implements Sequence<ObjectState> {
  readonly #texts: Texts;
  readonly #states: State[] = [];
  readonly #stateAt = new Numbers();
  readonly #pathAt = new Numbers();

  /** @param texts - in which the paths lie. */
  constructor(texts: Texts) {
    this.#texts = texts;
  }

  get length(): number {
    return this.#stateAt.length;
  }

  /** @returns the state's number. */
  addState(state: State): number {
    return this.#states.push(state) - 1;
  }

  push(path: number, state: number): void {
    this.#pathAt.push(path);
    this.#stateAt.push(state);
  }

  *[Symbol.iterator](): Generator<ObjectState> {
    for (let place = 0; place < this.length; place++) {
      const state = this.#states[this.#stateAt.at(place)];
      if (state === undefined) throw new Error('an object came before its state');
      const { before, after, changed, mode } = state;
      yield { path: this.#texts.at(this.#pathAt.at(place)), before, after, changed, mode };
    }
  }
}

function withPath(operation: Operation, path: string): Operation {
  return 'path' in operation ? { ...operation, path } : operation;
}

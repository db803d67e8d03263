import type { Operation } from '../landlock/operation.js';
import type { Use } from './aggregate.js';
import type { Recorded } from './recorded.js';
import { noPath, type State } from './recorded-columns.js';
import { noState, type RecordedPart } from './recorded-part.js';
import type { Gap, ObjectState, RecordedOperation } from './trace.js';

/** Puts together what is told of a run while it goes on: what is told again replaces what was. */
export class GrowingRecord {
  readonly #uses: Use[] = [];
  readonly #states: State[] = [];
  readonly #operations: RecordedOperation[] = [];
  readonly #objects = new Map<string, ObjectState>();
  #gaps: readonly Gap[] = [];

  /** @param gaps - all that there are so far. */
  add({ uses, states, paths: joined, stateOf, tallies }: RecordedPart, gaps: readonly Gap[]): void {
    this.#gaps = gaps;
    this.#uses.push(...uses);
    this.#states.push(...states);
    const paths = joined.split('\0');
    for (const [at, path] of paths.entries()) {
      const state = this.#states[stateOf[at] ?? noState];
      if (state !== undefined) this.#objects.set(path, { path, ...state });
    }
    for (let at = 0; at < tallies.length; at += 4) {
      const [place = 0, path = noPath, use = 0, count = 0] = tallies.subarray(at, at + 4);
      this.#operations[place] = operationOf(this.#uses[use], count, paths[path]);
    }
  }

  /** As if the run had ended now. */
  recorded(): Recorded {
    return {
      operations: [...this.#operations],
      objects: [...this.#objects.values()],
      lookups: [], // What was looked for and is not there, the end of the run tells.
      gaps: this.#gaps,
    };
  }
}

function operationOf(use: Use | undefined, count: number, path?: string): RecordedOperation {
  if (use === undefined) throw new Error('a part of the recording came before what it rests on');
  const { executable, call, result } = use;
  const operation = path === undefined ? use.operation : withPath(use.operation, path);
  return { operation, executable, call, result, count };
}

function withPath(operation: Operation, path: string): Operation {
  return 'path' in operation ? { ...operation, path } : operation;
}

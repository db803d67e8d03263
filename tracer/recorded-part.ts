import type { Use } from './aggregate.js';
import type { Recorded } from './recorded.js';
import { noPath, ObjectColumns, OperationColumns, type State } from './recorded-columns.js';
import { Texts } from './texts.js';
import type { Gap } from './trace.js';

/**
 * A part of what was recorded, on its way from one thread to another. In columns: a million objects
 * would take longer to be handed over than to be seen. Parts come in order, and have the uses and
 * states that no part before them had.
 */
export interface RecordedPart {
  readonly uses: readonly Use[];
  readonly states: readonly State[];
  /** Separated by NUL, which no path contains. */
  readonly paths: string;
  /** For each path how it was found and left: its number among the states of all parts, or `noState`. */
  readonly stateOf: Uint32Array;
  /** Four numbers an operation: its place among all, its path (none: `noPath`), its use, its count. */
  readonly tallies: Uint32Array;
  /** All of them, in the last part. */
  readonly lookups: Recorded['lookups'];
}

/** For paths of whose state nothing is known. */
export const noState = 0xffffffff;

/** Puts the parts together again. */
export class Assembly {
  readonly #texts = new Texts();
  readonly #operations = new OperationColumns(this.#texts);
  readonly #objects = new ObjectColumns(this.#texts);
  #lookups: Recorded['lookups'] = [];

  add({ uses, states, paths, stateOf, tallies, lookups }: RecordedPart): void {
    if (lookups.length > 0) this.#lookups = lookups;
    for (const use of uses) this.#operations.addUse(use);
    for (const state of states) this.#objects.addState(state);
    const first = this.#texts.length;
    for (const path of paths.split('\0')) this.#texts.push(path);
    for (const [at, state] of stateOf.entries()) {
      if (state !== noState) this.#objects.push(first + at, state);
    }
    for (let at = 0; at < tallies.length; at += 4) {
      const path = tallies[at + 1] ?? noPath;
      const number = path === noPath ? noPath : first + path;
      this.#operations.put(tallies[at] ?? 0, tallies[at + 2] ?? 0, number, tallies[at + 3] ?? 0);
    }
  }

  recorded(gaps: readonly Gap[]): Recorded {
    return {
      ...{ operations: this.#operations, objects: this.#objects },
      ...{ lookups: this.#lookups, gaps },
    };
  }
}

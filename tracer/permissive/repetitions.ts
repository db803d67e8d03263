import type { Standing } from '../disk-view.js';
import type { Counted } from '../recording.js';

/** How a path is asked for. */
export interface Asking {
  readonly call: string;
  readonly flags: number;
  readonly executable: string;
}

/** What was noted of a call, so that one just like it is counted alone. */
export interface NotedCall extends Asking {
  /** What stood there: `missing` too where the path leads nowhere at all. */
  readonly standing: Standing;
  /** Whether that was found through a symlink at the path's end. */
  readonly follow: boolean;
  /** As the disk has the path; empty where it leads nowhere. */
  readonly real: string;
  /** As the record has it. */
  readonly path: string;
  /** Where it is counted; undefined where nothing is to be noted. */
  readonly counted: Counted | undefined;
  /** What is executed: a program and its interpreters, by their paths and stamps; else none. */
  readonly images: readonly Image[];
}

/** A file that is executed, as it was. */
export interface Image {
  readonly path: string;
  readonly stamp: string;
}

/**
 * Calls that are made again and again, under the absolute paths that they named. Compilers ask for
 * the same headers in every one of their processes, mostly where they are not; who finds here what
 * was noted the last time needs no more than a look at what stands there now.
 *
 * Where a path leads is not looked at again: whatever may lead names elsewhere has to be told.
 */
export class Repetitions {
  readonly #noted = new Map<string, NotedCall[]>();
  #changing = 0;

  get(named: string, asking: Asking): NotedCall | undefined {
    const noted = this.#noted.get(named);
    if (noted === undefined) return undefined;
    for (const one of noted) if (isAskedAlike(one, asking)) return one;
    return undefined;
  }

  add(named: string, note: NotedCall): void {
    // A change that was let go a moment ago may not have happened yet.
    if (performance.now() < this.#changing) return;
    const others = this.#noted.get(named)?.filter((one) => !isAskedAlike(one, note)) ?? [];
    if (this.#noted.size >= mostPaths) this.#noted.clear();
    this.#noted.set(named, [...others.slice(-mostOfPath + 1), note]);
  }

  /** Something else stands there than did. */
  drop(named: string): void {
    this.#noted.delete(named);
  }

  /** Names may lead elsewhere from now on. */
  forget(): void {
    this.#changing = performance.now() + aMoment;
    this.#noted.clear();
  }
}

function isAskedAlike(one: Asking, other: Asking): boolean {
  return (
    one.flags === other.flags && one.call === other.call && one.executable === other.executable
  );
}

const mostPaths = 10_000;
/** Programs and ways of asking: more would be searched longer than they are worth. */
const mostOfPath = 8;
/** Milliseconds. */
const aMoment = 5;

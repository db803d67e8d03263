import { reap } from '../../kernel/subreaper.js';
import { ownChildren } from '../own-children.js';
import { childrenOf, familyOf } from './descendants.js';
import { announce, Guard } from './guard.js';
import { end, type Known, knownProcess, stillRuns } from './left-behind.js';
import type { Roll } from './roll.js';

/** The target's processes, and the guard that ends them should we be gone. */
export class Family {
  readonly #guard = new Guard();
  readonly #processes = new Map<number, Known>();
  readonly #watch = setInterval(() => this.#lookAround(), watchPause);
  /** Where somebody else writes down the processes that he meets, and tells the guard of. */
  roll: Roll | undefined;
  /** The target's first process, once it has been started. */
  leader: number | undefined;

  /** The guard's descriptor. */
  get guard(): number {
    return this.#guard.descriptor;
  }

  /** Somebody else has met a process, and told the guard of it. */
  add(process: Known): void {
    this.#processes.set(process.id, process);
  }

  /** Those that still run. */
  left(): readonly Known[] {
    this.#lookAround();
    return [...this.#processes.values()].filter(stillRuns);
  }

  /** Ends all of them: without us their calls would wait, or fail, for ever. */
  async endAll(): Promise<void> {
    for (let left = this.left(); left.length > 0; left = this.left()) {
      left.forEach(end);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Nobody has to be watched any more. */
  async dismiss(): Promise<void> {
    clearInterval(this.#watch);
    await this.#guard.dismiss();
  }

  /** Meets those who have asked for nothing yet, and buries those who have nobody else. */
  #lookAround(): void {
    for (const process of this.roll?.take() ?? []) this.add(process);
    for (const child of childrenOf(process.pid)) {
      if (child === this.#guard.id || ownChildren.has(child)) continue;
      for (const id of familyOf(child)) this.#meet(id);
      // The leader's end is the starting thread's to see.
      const other = this.leader !== undefined && child !== this.leader;
      if (other && knownProcess(child) === undefined) reap(child);
    }
    for (const [id, known] of this.#processes) if (!stillRuns(known)) this.#processes.delete(id);
  }

  #meet(id: number): void {
    const known = this.#processes.has(id) ? undefined : knownProcess(id);
    if (known === undefined) return;
    this.#processes.set(id, known);
    announce(this.#guard.descriptor, known);
  }
}

/** Milliseconds. */
const watchPause = 1000;
/** Milliseconds between two attempts to end what is left. */
const pause = 20;

import { closeFd } from '../../kernel/descriptors.js';
import { mostLayers } from '../../landlock/domain.js';
import { type OwnRuleset, unseenRuleset } from '../own-layer.js';

/** A ruleset of the target's. */
interface Kept {
  own: OwnRuleset;
  /** A descriptor of ours for the same ruleset, made again: on it the kernel tells what it refuses. */
  readonly replica: number;
}

/** The rulesets that the target's processes have made, by process and descriptor. */
export class OwnRulesets {
  readonly #kept = new Map<string, Kept>();
  /** How many layers each thread has put on itself, and all that it has. */
  readonly #layers = new Map<number, { executable: string; own: number; all: number }>();

  create(process: number, descriptor: number, own: OwnRuleset, replica: number): void {
    const key = keyOf(process, descriptor);
    this.#drop(key);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < mostKept) break;
      this.#drop(oldest);
    }
    this.#kept.set(key, { own, replica });
  }

  /** The ruleset behind a descriptor; its maker may be a process that this one was forked from. */
  find(processes: Iterable<number>, descriptor: number): Kept | undefined {
    for (const process of processes) {
      const kept = this.#kept.get(keyOf(process, descriptor));
      if (kept !== undefined) return kept;
    }
    return undefined;
  }

  /** What a thread restricts itself with; nothing of it may be known. */
  seen(processes: Iterable<number>, descriptor: number): OwnRuleset {
    return this.find(processes, descriptor)?.own ?? unseenRuleset;
  }

  /**
   * Puts one more layer on a thread. @returns which it is of those that the program put on itself;
   * undefined where the kernel refuses it, since there are too many.
   */
  stack(
    thread: { readonly id: number; readonly executable: string },
    processes: Iterable<number>,
  ): number | undefined {
    const before = this.#layers.get(thread.id) ?? this.#inherited(processes);
    const all = (before?.all ?? 0) + 1;
    if (all > mostLayers) return undefined;
    const own = before?.executable === thread.executable ? before.own + 1 : 1;
    this.#layers.set(thread.id, { executable: thread.executable, own, all });
    return own;
  }

  #inherited(processes: Iterable<number>) {
    for (const process of processes) {
      const layers = this.#layers.get(process);
      if (layers !== undefined) return layers;
    }
    return undefined;
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    closeFd(kept.replica);
    this.#kept.delete(key);
  }
}

const mostKept = 64;

function keyOf(process: number, descriptor: number): string {
  return `${process} ${descriptor}`;
}

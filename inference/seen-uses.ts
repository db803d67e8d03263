import type { Use } from './inference.js';
import type { SeenOperation } from './run.js';
import type { RunSet } from './run-set.js';

/** Who asked and how, where several runs were put together with those in which it was seen. */
export interface SeenUse extends Use {
  readonly runs?: RunSet;
}

/** The uses of operations without these: a million operations have few that differ. */
export class SeenUses {
  readonly #known = new Map<string, SeenUse>();
  #last: SeenUse | undefined;

  of(record: SeenOperation): SeenUse {
    // Kept with what the other runs did, and seldom alike.
    if (record.runs !== undefined) return record;
    const { executable, call, count } = record;
    const last = this.#last;
    if (last?.count === count && last.call === call && last.executable === executable) return last;
    const key = `${count} ${call} ${executable}`;
    const use = this.#known.get(key) ?? { executable, call, count };
    this.#known.set(key, use);
    this.#last = use;
    return use;
  }
}

import type { Aggregate } from './aggregate.js';
import { stateAt } from './disk-view.js';
import type { PathNote, Tally } from './path-notes.js';
import { noPath, type State } from './recorded-columns.js';
import { noState, type RecordedPart } from './recorded-part.js';
import { volatilePart } from './volatile-names.js';

/** Puts what was noted of paths into parts, one after the other. */
export class Parting {
  readonly #states = new States();
  readonly #volatile = new Set<string>();
  #entries: Entry[] = [];
  /** How many uses the parts so far have told. */
  #told = 0;

  /**
   * With the disk as it is now for how the run left it.
   *
   * @returns how many there are since the last part.
   */
  add(path: string, { before, changed, tally }: PathNote): number {
    const part = volatilePart(path);
    if (part !== undefined) this.#volatile.add(part);
    const known = part === undefined && before !== undefined;
    const state = known ? this.#states.of({ before, changed, ...stateAt(path) }) : noState;
    return this.#entries.push({ path, tally, state });
  }

  /** A part of what was added since the last. */
  next({ uses }: Aggregate, elsewhere: Iterable<Tally> = []): RecordedPart {
    const entries = this.#entries;
    const told = this.#told;
    this.#entries = [];
    this.#told = uses.length;
    return partOf(entries, uses.slice(told), this.#states.fresh(), elsewhere);
  }

  /** The same, with what is not of one path. */
  last(aggregate: Aggregate): RecordedPart {
    for (const path of this.#volatile) {
      this.#entries.push({ path, tally: undefined, state: this.#states.of(neverThere) });
    }
    this.#volatile.clear();
    return this.next(aggregate, aggregate.elsewhere.values());
  }
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

function partOf(
  entries: readonly Entry[],
  uses: RecordedPart['uses'],
  states: RecordedPart['states'],
  elsewhere: Iterable<Tally>,
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

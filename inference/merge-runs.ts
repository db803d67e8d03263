import type { CountedDenial } from '../tracer/audit/read-denials.js';
import type { ObjectState, RecordedOperation } from '../tracer/trace.js';
import type { Run, SeenOperation } from './run.js';
import { type RunSet, SingleRuns } from './run-set.js';

/**
 * Puts runs together as they come, so that memory grows with what differs between them and not with
 * their number: what several runs did is kept once, with the runs that did it. Inference makes the
 * same of the outcome as of the runs.
 */
export class RunMerger {
  readonly #operations = new Map<string, Growing>();
  readonly #objects = new Map<string, ObjectState>();
  readonly #lookups = new Map<string, RecordedOperation>();
  readonly #denials = new Map<string, CountedDenial>();
  readonly #environments = new Map<string, Run['environment']>();
  readonly #singles = new SingleRuns();
  #count = 0;

  add({ operations, objects, lookups = [], denials = [], environment }: Run): void {
    const run = this.#singles.of(this.#count);
    this.#count += 1;
    for (const record of operations) this.#addOperation(record, run);
    for (const state of objects) this.#addObject(state);
    for (const lookup of lookups) this.#addLookup(lookup);
    for (const denial of denials) this.#addDenial(denial);
    const sorted = Object.entries(environment).sort(([one], [other]) => (one < other ? -1 : 1));
    this.#environments.set(JSON.stringify(sorted), environment);
  }

  /** All that was done stands in the first; the others tell of further environments alone. */
  merged(): readonly Run[] {
    const [first = {}, ...others] = [...this.#environments]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, environment]) => environment);
    const all: Run = {
      operations: [...this.#operations.values()],
      objects: [...this.#objects.values()],
      lookups: [...this.#lookups.values()],
      denials: [...this.#denials.values()],
      environment: first,
      standsFor: this.#count,
    };
    return [
      all,
      ...others.map((environment) => ({ operations: [], objects: [], environment, standsFor: 0 })),
    ];
  }

  #addObject(state: ObjectState): void {
    const key = JSON.stringify(state);
    if (!this.#objects.has(key)) this.#objects.set(key, ownCopy(state));
  }

  #addOperation(record: SeenOperation, run: RunSet): void {
    const { operation, executable, call, result, count } = record;
    const key = JSON.stringify([operation, executable, call, result]);
    const known = this.#operations.get(key);
    if (known === undefined) {
      const own = { operation: ownCopy(operation), executable, call, result };
      this.#operations.set(key, { ...own, count, runs: run });
      return;
    }
    known.count += count;
    known.runs |= run;
  }

  #addLookup(record: RecordedOperation): void {
    const { operation, executable, call } = record;
    const key = JSON.stringify([operation, executable, call]);
    const count = record.count + (this.#lookups.get(key)?.count ?? 0);
    this.#lookups.set(key, { ...record, count });
  }

  #addDenial(denial: CountedDenial): void {
    const { count, ...what } = denial;
    const key = JSON.stringify(what);
    this.#denials.set(key, { ...denial, count: count + (this.#denials.get(key)?.count ?? 0) });
  }
}

/** A path that was read with others is a part of a long string, which it would keep, all of it. */
function ownCopy<Kept>(kept: Kept): Kept {
  return JSON.parse(JSON.stringify(kept)) as Kept;
}

/** An operation while further runs may do it. */
interface Growing extends Omit<SeenOperation, 'count' | 'runs'> {
  count: number;
  runs: RunSet;
}

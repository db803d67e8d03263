import type { Operation } from '../landlock/operation.js';
import type { RecordedOperation } from './trace.js';

/** Folds equal operations into one record as they arrive, so that size follows distinct ones. */
export class Aggregate {
  readonly #records = new Map<string, { first: RecordedOperation; count: number }>();

  add(operation: Operation, executable: string, call: string, result: string): void {
    const key = JSON.stringify([operation, executable, call, result]);
    const record = this.#records.get(key);
    if (record !== undefined) {
      record.count += 1;
      return;
    }
    this.#records.set(key, { first: { operation, executable, call, result, count: 1 }, count: 1 });
  }

  /** The records in the order of their first arrival. */
  records(): readonly RecordedOperation[] {
    return [...this.#records.values()].map(({ first, count }) => ({ ...first, count }));
  }
}

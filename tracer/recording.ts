import type { Operation } from '../landlock/operation.js';
import { Aggregate } from './aggregate.js';
import { DiskHistory } from './disk-history.js';
import { modeAt, typeAt } from './disk-view.js';
import type { Gap, GapKind, ObjectState, RecordedOperation } from './trace.js';
import { volatilePart } from './volatile-names.js';

/** What a tracer has to say in the end, whichever way it saw it. */
export interface Recorded {
  readonly operations: readonly RecordedOperation[];
  readonly objects: readonly ObjectState[];
  readonly gaps: readonly Gap[];
}

/** What is noted of a run while it goes on; grows with distinct accesses and never with events. */
export class Recording {
  readonly disk = new DiskHistory();
  /** Files that the target opened by itself, whose descriptors carry Landlock's marks. */
  readonly opened = new Set<string>();
  /** Abstract UNIX sockets that the target's processes own. */
  readonly abstractNames = new Set<string>();
  readonly #aggregate = new Aggregate();
  readonly #gaps = new Map<string, Gap>();

  add(operation: Operation, executable: string, call: string, result: string): void {
    this.#aggregate.add(operation, executable, call, result);
  }

  gap(kind: GapKind, detail: string): void {
    if (this.#gaps.size < mostGaps) this.#gaps.set(`${kind} ${detail}`, { kind, detail });
  }

  /** Everything, with the disk as it is now for the state after the run. */
  finish(): Recorded {
    return {
      operations: this.#aggregate.records(),
      objects: this.#objects(),
      gaps: [...this.#gaps.values()],
    };
  }

  #objects(): readonly ObjectState[] {
    const states: ObjectState[] = [];
    const volatile = new Set<string>();
    for (const { path, before, changed } of this.disk.paths()) {
      const part = volatilePart(path);
      if (part !== undefined) volatile.add(part);
      else states.push({ path, before, after: typeAt(path), changed, mode: modeAt(path) });
    }
    for (const path of volatile) {
      states.push({ path, before: 'missing', after: 'missing', changed: true, mode: 0 });
    }
    return states;
  }
}

/** More gaps than this tell no more to anybody, and a damaged log may have a million. */
const mostGaps = 1000;

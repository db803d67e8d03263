import { hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';
import type { ObjectState } from '../tracer/trace.js';

/** What stood where before and after the runs, and what they changed. */
export class Census {
  readonly #states = new Map<string, ObjectState>();

  /** @param runs - the objects that each run met. What one of them changed counts as changed. */
  constructor(runs: readonly (readonly ObjectState[])[]) {
    for (const objects of runs) {
      for (const state of objects) this.#states.set(state.path, this.#joined(state));
    }
  }

  /** What stands at a path after the last run. */
  after(path: string): FileType | 'missing' {
    return this.#states.get(path)?.after ?? 'missing';
  }

  mode(path: string): number {
    return this.#states.get(path)?.mode ?? 0;
  }

  /** Whether a run found nothing at `path` and made what stands there now. */
  isNew(path: string): boolean {
    return this.#states.get(path)?.before === 'missing';
  }

  /**
   * The highest part of a path that will not be there, or be another inode, when a ruleset is
   * enforced: what a run made, removed or replaced. Undefined when the path itself will be there.
   */
  unsteadyPart(path: string): string | undefined {
    let highest: string | undefined;
    for (const hierarchy of hierarchiesOf(path)) {
      if (this.#isUnsteady(hierarchy)) highest = hierarchy;
    }
    return highest;
  }

  /** The nearest hierarchy of a path that was there before and stays as it is. */
  steadyHierarchy(path: string): string {
    const unsteady = this.unsteadyPart(path);
    return unsteady === undefined ? path : parentOf(unsteady);
  }

  #isUnsteady(path: string): boolean {
    const state = this.#states.get(path);
    if (state === undefined) return false;
    return state.changed || state.before === 'missing' || state.after === 'missing';
  }

  #joined(state: ObjectState): ObjectState {
    const other = this.#states.get(state.path);
    if (other === undefined) return state;
    return {
      ...state,
      before: other.before === 'missing' ? 'missing' : state.before,
      changed: other.changed || state.changed,
    };
  }
}

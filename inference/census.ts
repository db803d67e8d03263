import { hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';
import type { ObjectState } from '../tracer/trace.js';

/**
 * What stood where before and after the runs, and what they changed. It does not know which run
 * came first: what one of them found or left counts, whatever the others did.
 */
export class Census {
  readonly #histories = new Map<string, History>();

  /** @param runs - the objects that each run met. */
  constructor(runs: readonly (readonly ObjectState[])[]) {
    for (const objects of runs) {
      for (const state of objects) this.#note(state);
    }
  }

  /** Whether a run left something at a path. */
  remains(path: string): boolean {
    const after = this.#histories.get(path)?.after;
    return after !== undefined && [...after].some((type) => type !== 'missing');
  }

  /** Whether a run left nothing at a path. */
  vanishes(path: string): boolean {
    return this.#histories.get(path)?.after.has('missing') ?? true;
  }

  /** What every run that met a path left there; undefined when they differ, or left nothing. */
  leftAs(path: string): FileType | undefined {
    const [type, ...others] = this.#histories.get(path)?.after ?? [];
    return others.length > 0 || type === 'missing' ? undefined : type;
  }

  /** The permission bits that every run left at a path. */
  mode(path: string): number {
    return this.#histories.get(path)?.mode ?? 0;
  }

  /** Whether a run found nothing at `path`. */
  isNew(path: string): boolean {
    return this.#histories.get(path)?.before.has('missing') ?? false;
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
    const history = this.#histories.get(path);
    if (history === undefined) return false;
    return history.changed || history.before.has('missing') || history.after.has('missing');
  }

  #note({ path, before, after, changed, mode }: ObjectState): void {
    const other = this.#histories.get(path);
    this.#histories.set(path, {
      before: new Set([...(other?.before ?? []), before]),
      after: new Set([...(other?.after ?? []), after]),
      changed: changed || (other?.changed ?? false),
      mode: mode & (other?.mode ?? mode),
    });
  }
}

interface History {
  readonly before: ReadonlySet<FileType | 'missing'>;
  readonly after: ReadonlySet<FileType | 'missing'>;
  readonly changed: boolean;
  readonly mode: number;
}

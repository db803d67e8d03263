import type { FileType } from '../landlock/operation.js';
import type { ObjectState } from '../tracer/trace.js';
import type { History } from './history.js';
import { type PathNode, PathTree } from './path-tree.js';

/**
 * What stood where before and after the runs, and what they changed. It does not know which run
 * came first: what one of them found or left counts, whatever the others did.
 */
export class Census {
  readonly tree: PathTree;
  readonly #histories = new Map<number, History>();

  /**
   * @param runs - the objects that each run met.
   * @param tree - of all the paths that are spoken of.
   */
  constructor(runs: readonly Iterable<ObjectState>[], tree: PathTree = new PathTree()) {
    this.tree = tree;
    for (const objects of runs) {
      for (const state of objects) this.#note(state);
    }
  }

  /** Whether a run left something at a path. */
  remains(path: string): boolean {
    return ((this.#at(path)?.after ?? 0) & ~missing) !== 0;
  }

  /** Whether something is at a path, which is taken for granted where no run tells. */
  isThere(path: string): boolean {
    return this.#at(path) === undefined || this.remains(path);
  }

  /** Whether a run left nothing at a path. */
  vanishes(path: string): boolean {
    return ((this.#at(path)?.after ?? missing) & missing) !== 0;
  }

  /** What every run that met a path left there; undefined when they differ, or left nothing. */
  leftAs(path: string): FileType | undefined {
    const after = this.#at(path)?.after;
    return types.find((_, index) => after === 2 << index);
  }

  /** The permission bits that every run left at a path. */
  mode(path: string): number {
    return this.#at(path)?.mode ?? 0;
  }

  /** Whether a run found nothing at `path`. */
  isNew(path: string): boolean {
    return ((this.#at(path)?.before ?? 0) & missing) !== 0;
  }

  /**
   * The highest part of a path that will not be there, or be another inode, when a ruleset is
   * enforced: what a run made, removed or replaced. Undefined when the path itself will be there.
   */
  unsteadyPart(node: PathNode): PathNode | undefined {
    if (node.unsteady === undefined) {
      const above = node.parent === undefined ? undefined : this.unsteadyPart(node.parent);
      node.unsteady = above ?? (isUnsteady(node) ? node : null);
    }
    return node.unsteady ?? undefined;
  }

  #at(path: string): History | undefined {
    return this.tree.find(path)?.history;
  }

  #note({ path, before, after, changed, mode }: ObjectState): void {
    const node = this.tree.at(path);
    const { history } = node;
    node.history =
      history === undefined
        ? this.#historyOf(bit(before), bit(after), changed, mode)
        : this.#historyOf(
            history.before | bit(before),
            history.after | bit(after),
            history.changed || changed,
            history.mode & mode,
          );
  }

  /** One for all that are alike: a million objects have few that differ. */
  #historyOf(before: number, after: number, changed: boolean, mode: number): History {
    const key = ((mode * 2 + (changed ? 1 : 0)) * 256 + before) * 256 + after;
    const known = this.#histories.get(key);
    if (known !== undefined) return known;
    const history = { before, after, changed, mode };
    this.#histories.set(key, history);
    return history;
  }
}

function isUnsteady({ history }: PathNode): boolean {
  if (history === undefined) return false;
  return history.changed || ((history.before | history.after) & missing) !== 0;
}

const types: readonly FileType[] = [
  'regular',
  'directory',
  'symlink',
  'fifo',
  'socket',
  'char-device',
  'block-device',
];
const missing = 1;
const bits = new Map<FileType | 'missing', number>([
  ['missing', missing],
  ...types.map((type, index) => [type, 2 << index] as const),
]);

function bit(type: FileType | 'missing'): number {
  return bits.get(type) ?? 0;
}

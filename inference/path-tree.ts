import { holds } from '../landlock/hierarchy.js';
import type { History } from './history.js';

/** A path, with what lies above and below it. One object stands for a path however often it is met. */
export class PathNode {
  readonly path: string;
  readonly parent: PathNode | undefined;
  /** In the order of their names once the tree is sorted. */
  below: PathNode[] | undefined = undefined;
  /** The place in the order of the paths, a directory before what it holds; -1 until sorted. */
  order = -1;
  /** The place of the last that lies beneath. */
  last = -1;
  /** What the runs found and left there; undefined where none met it. */
  history: History | undefined = undefined;
  /** What the census made of that: the highest part that will be another; null where all stays. */
  unsteady: PathNode | null | undefined = undefined;

  constructor(path: string, parent: PathNode | undefined) {
    this.path = path;
    this.parent = parent;
  }
}

/**
 * Paths as a tree, each kept once: going up is following a pointer, where cutting strings would
 * take time with every level.
 */
export class PathTree {
  readonly root = new PathNode('/', undefined);
  readonly #crowds = new Map<PathNode, Map<string, PathNode>>();
  #size = 1;
  /** That of the last path that was asked for: the next is mostly of the same, or not far. */
  #lastDirectory = this.root;

  /** How many nodes there are. */
  get size(): number {
    return this.#size;
  }

  /** The node of a path, which comes to be with all above it where it is not there yet. */
  at(path: string): PathNode {
    if (path === '/') return this.root;
    let directory = this.#nearest(path);
    for (let end = nextEnd(path, directory); end >= 0; end = nextEnd(path, directory)) {
      const part = path.slice(0, end);
      directory = this.#below(directory, part) ?? this.#add(directory, part);
    }
    this.#lastDirectory = directory;
    return this.#below(directory, path) ?? this.#add(directory, path);
  }

  /** The node of a path that the tree has; undefined otherwise. */
  find(path: string): PathNode | undefined {
    if (path === '/') return this.root;
    let directory: PathNode | undefined = this.#nearest(path);
    for (let end = nextEnd(path, directory); end >= 0; end = nextEnd(path, directory)) {
      directory = this.#below(directory, path.slice(0, end));
      if (directory === undefined) return undefined;
    }
    this.#lastDirectory = directory;
    return this.#below(directory, path);
  }

  /** The last directory, or what above it holds the path as well. */
  #nearest(path: string): PathNode {
    let directory = this.#lastDirectory;
    while (directory.parent !== undefined && !holds(directory.path, path)) {
      directory = directory.parent;
    }
    return directory;
  }

  #below(directory: PathNode, path: string): PathNode | undefined {
    const { below } = directory;
    if (below === undefined) return undefined;
    if (below.length >= crowd) return this.#crowds.get(directory)?.get(path);
    return below.find((node) => node.path === path);
  }

  #add(parent: PathNode, path: string): PathNode {
    const node = new PathNode(path, parent);
    this.#size += 1;
    if (parent.below === undefined) {
      parent.below = [node];
      return node;
    }
    parent.below.push(node);
    if (parent.below.length === crowd) {
      this.#crowds.set(parent, new Map(parent.below.map((one) => [one.path, one])));
    } else if (parent.below.length > crowd) {
      this.#crowds.get(parent)?.set(path, node);
    }
    return node;
  }

  /** Numbers the nodes in the order of their paths, in which they are returned. */
  sort(): readonly PathNode[] {
    const sorted: PathNode[] = [];
    number(this.root, sorted);
    return sorted;
  }
}

/** Where the name ends that comes next in a path beneath a directory; -1 where it is the last. */
function nextEnd(path: string, directory: PathNode): number {
  return path.indexOf('/', directory.parent === undefined ? 1 : directory.path.length + 1);
}

/** Whether `node` is `hierarchy` or lies beneath it, in a tree that is sorted. */
export function liesIn(node: PathNode, hierarchy: PathNode): boolean {
  return hierarchy.order <= node.order && node.order <= hierarchy.last;
}

function number(node: PathNode, sorted: PathNode[]): void {
  node.order = sorted.push(node) - 1;
  if (node.below !== undefined) {
    if (!isSorted(node.below)) node.below.sort((one, other) => (one.path < other.path ? -1 : 1));
    for (const child of node.below) number(child, sorted);
  }
  node.last = sorted.length - 1;
}

/** Names as most programs meet them are; all have the same directory before them. */
function isSorted(nodes: readonly PathNode[]): boolean {
  let last = '';
  for (const { path } of nodes) {
    if (path < last) return false;
    last = path;
  }
  return true;
}

/** So many are looked through faster than a table is asked. */
const crowd = 16;

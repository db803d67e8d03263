import type { Circumstances } from '../../../landlock/domain.js';
import type { ObjectOf } from '../../../landlock/layer.js';
import type { Operation } from '../../../landlock/operation.js';
import type { End } from './scenario.js';
import type { Tree } from './tree.js';

/** What a call comes to, by what is known of the kernel without Landlock. */
export interface Outlook {
  /** What Landlock is asked, in that order; nothing where the call fails before. */
  readonly operations: readonly Operation[];
  /** How the call ends where Landlock lets it pass. */
  readonly end: End;
  readonly circumstances?: Circumstances;
  /** What it does to the tree. */
  readonly effect?: () => void;
}

/** A call that Landlock is not asked about. */
export function unasked(end: End): Outlook {
  return { operations: [], end };
}

/** A path of the tree as the model has it: absolute, the tree's root being `/`. */
export function modelPath(path: string): string {
  return path === '.' ? '/' : `/${path}`;
}

/** The tree's objects as the model asks for them. */
export function objectsOf(tree: Tree): ObjectOf {
  return (path) => tree.at(path === '/' ? '.' : path.slice(1))?.id;
}

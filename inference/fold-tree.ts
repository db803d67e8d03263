import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import type { Grant } from './cover.js';
import { liesIn, type PathNode } from './path-tree.js';

/** A path on which a rule may come to lie: one that needs one, or where two such paths part. */
export interface FoldNode {
  readonly node: PathNode;
  readonly directory: boolean;
  /** The grant of what is needed here; a rule that gives just that is this one. */
  readonly grant: Grant | undefined;
  /** Rights that a rule here or above has to give. */
  needed: FsAccess;
  /** The same for all that is here and below. */
  all: FsAccess;
  below: FoldNode[];
  /** For each right by its bit, what it costs to give it here; without, nothing may be folded here. */
  prices: readonly number[] | undefined;
}

/**
 * The tree of the grants: between them, only the paths where two of them part. On a path with one
 * of them below, a rule would open more than on that one, and spare nothing.
 *
 * @param grants - in the order of their paths, none with a right that one above it gives.
 */
export function foldTree(grants: readonly Grant[], root: PathNode): FoldNode {
  const top = foldNode({ node: root, directory: true, access: fsAccess() });
  const open = [top];
  for (const grant of grants) {
    const last = open.at(-1) ?? top;
    const parting = commonNode(last.node, grant.node);
    let closed: FoldNode | undefined;
    while ((open.at(-1)?.node.order ?? 0) > parting.order) closed = open.pop();
    const above = open.at(-1) ?? top;
    if (above.node !== parting && closed !== undefined) {
      const between = foldNode({ node: parting, directory: true, access: fsAccess() });
      above.below[above.below.length - 1] = between;
      put(closed, between);
      open.push(between);
    }
    if (grant.node === root) {
      top.needed = grant.access;
      top.all = grant.access;
      continue;
    }
    const own = foldNode(grant);
    put(own, open.at(-1) ?? top);
    open.push(own);
  }
  gather(top);
  return top;
}

function foldNode(grant: Grant): FoldNode {
  const { node, directory, access } = grant;
  return { node, directory, grant, needed: access, all: access, below: none, prices: undefined };
}

/** One for all that have nothing below, of which there may be a million. */
const none: FoldNode[] = [];
Object.freeze(none);

function put(below: FoldNode, above: FoldNode): void {
  if (above.below === none) above.below = [below];
  else above.below.push(below);
}

function commonNode(one: PathNode, other: PathNode): PathNode {
  let common = one;
  while (common.parent !== undefined && !liesIn(other, common)) common = common.parent;
  return common;
}

function gather(fold: FoldNode): FsAccess {
  for (const child of fold.below) fold.all = union(fold.all, gather(child));
  return fold.all;
}

import { difference, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { liesIn, type PathNode } from './path-tree.js';

/** A rule in the making: rights on a hierarchy. */
export interface Grant {
  readonly node: PathNode;
  readonly directory: boolean;
  readonly access: FsAccess;
}

/**
 * Drops from every grant the rights that one above it gives already, and the grants that are left
 * with none: what remains gives the same, and no part of it can go.
 *
 * @param grants - in the order of their paths, as the result is.
 */
export function dropCovered(grants: readonly Grant[]): readonly Grant[] {
  const above: Grant[] = [];
  const kept: Grant[] = [];
  for (const grant of grants) {
    const { node, directory, access } = grant;
    leaveFor(node, above);
    const inherited = above.at(-1)?.access ?? fsAccess();
    const own = difference(access, inherited);
    if (own === 0) continue;
    kept.push(own === access ? grant : { node, directory, access: own });
    if (node.below !== undefined) above.push({ node, directory, access: union(inherited, own) });
  }
  return kept;
}

/** Forgets those of `above` beneath which `node` does not lie. */
function leaveFor(node: PathNode, above: Grant[]): void {
  for (let last = above.at(-1); last !== undefined && !liesIn(node, last.node); ) {
    above.pop();
    last = above.at(-1);
  }
}

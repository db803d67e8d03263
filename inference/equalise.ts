import {
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  isSubset,
  union,
} from '../landlock/access-set.js';
import type { Grant } from './cover.js';
import type { Ground } from './ground.js';
import type { Move, PathNeed } from './needs.js';
import type { PathNode } from './path-tree.js';

/**
 * The needs that moves across directories add: where the destination grants a moved object rights
 * that it lacks at its source, the kernel refuses with EXDEV; so the source is granted them too.
 */
export function equalise(
  granted: readonly Grant[],
  moves: readonly Move[],
  holderOf: Ground['holderOf'],
): readonly PathNeed[] {
  if (moves.length === 0) return [];
  const all = new Map(granted.map(({ node, access }) => [node, access]));
  const added: PathNeed[] = [];
  for (;;) {
    // All are looked at before any is granted, so that none is another's reason by its place.
    const needs = moves
      .map((move) => needOf(move, gainOf(all, move, holderOf)))
      .filter(({ access }) => access !== 0);
    if (needs.length === 0) return added;
    for (const { node, access } of needs) {
      const holder = holderOf(node);
      all.set(holder, union(all.get(holder) ?? fsAccess(), access));
    }
    added.push(...needs);
  }
}

/**
 * What is left of needs that moves had added, once the rules are others than those for which they
 * were: where the destination does not grant what it did, its source need not have that either.
 *
 * @param granted - the rules as they are now.
 * @param added - what `equalise` gave for earlier ones.
 */
export function stillEqual(
  added: readonly PathNeed[],
  granted: readonly Grant[],
  moves: readonly Move[],
  holderOf: Ground['holderOf'],
): readonly PathNeed[] {
  if (added.length === 0) return added;
  const all = new Map(granted.map(({ node, access }) => [node, access]));
  const asked = new Map<PathNode, FsAccess>();
  for (const { from, to, among } of moves) {
    const access = intersection(grantedAt(all, holderOf(to.parent ?? to)), among);
    asked.set(from, union(asked.get(from) ?? fsAccess(), access));
  }
  return added.flatMap((need) => {
    const access = intersection(need.access, asked.get(need.node) ?? fsAccess());
    if (access === need.access) return [need];
    return access === 0 ? [] : [{ ...need, access }];
  });
}

/** On the very object where that lasts (a link leaves it in its place), else where it was. */
function needOf({ from, among, use }: Move, access: FsAccess): PathNeed {
  const directory = !isSubset(among, fileAccess);
  return { node: from, directory, access, use, why: 'equalised', makes: undefined };
}

/** The rights that the destination grants a moved object and its source does not. */
function gainOf(
  granted: ReadonlyMap<PathNode, FsAccess>,
  { from, to, among }: Move,
  holderOf: Ground['holderOf'],
): FsAccess {
  const atDestination = grantedAt(granted, holderOf(to.parent ?? to));
  const atSource = grantedAt(granted, holderOf(from));
  return intersection(difference(atDestination, atSource), among);
}

function grantedAt(granted: ReadonlyMap<PathNode, FsAccess>, node: PathNode): FsAccess {
  let access = fsAccess();
  for (let at: PathNode | undefined = node; at !== undefined; at = at.parent) {
    access = union(access, granted.get(at) ?? fsAccess());
  }
  return access;
}

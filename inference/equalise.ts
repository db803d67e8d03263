import {
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  isSubset,
  union,
} from '../landlock/access-set.js';
import { hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { Ground, GroundedNeed } from './ground.js';
import type { Move } from './needs.js';

/**
 * The needs that moves across directories add: where the destination grants a moved object rights
 * that it lacks at its source, the kernel refuses with EXDEV; so the source is granted them too.
 */
export function equalise(ground: Ground, moves: readonly Move[]): readonly GroundedNeed[] {
  const granted = accessByHolder(ground.needs);
  const added: GroundedNeed[] = [];
  for (;;) {
    // All are looked at before any is granted, so that none is another's reason by its place.
    const needs = moves
      .map((move) => needOf(move, gainOf(granted, move, ground.holderOf), ground.holderOf))
      .filter(({ access }) => access !== 0);
    if (needs.length === 0) return added;
    for (const { holder, access } of needs) {
      granted.set(holder, union(granted.get(holder) ?? fsAccess(), access));
    }
    added.push(...needs);
  }
}

/** On the very object where that lasts (a link leaves it in its place), else where it was. */
function needOf(move: Move, access: FsAccess, holderOf: (path: string) => string): GroundedNeed {
  const directory = !isSubset(move.among, fileAccess);
  const holder = holderOf(move.from);
  return {
    path: move.from,
    directory,
    access,
    use: move.use,
    why: 'equalised',
    makes: undefined,
    holder,
    holderIsDirectory: directory || holder !== move.from,
  };
}

/** The rights that each holder is to carry. */
export function accessByHolder(needs: readonly GroundedNeed[]): Map<string, FsAccess> {
  const granted = new Map<string, FsAccess>();
  for (const { holder, access } of needs) {
    granted.set(holder, union(granted.get(holder) ?? fsAccess(), access));
  }
  return granted;
}

function gainOf(
  granted: ReadonlyMap<string, FsAccess>,
  move: Move,
  holderOf: (path: string) => string,
): FsAccess {
  const atDestination = grantedAbove(granted, holderOf(parentOf(move.to)));
  const atSource = grantedAbove(granted, holderOf(move.from));
  return intersection(difference(atDestination, atSource), move.among);
}

function grantedAbove(granted: ReadonlyMap<string, FsAccess>, path: string): FsAccess {
  let access = fsAccess();
  for (const hierarchy of hierarchiesOf(path)) {
    access = union(access, granted.get(hierarchy) ?? fsAccess());
  }
  return access;
}

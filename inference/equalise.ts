import {
  difference,
  type FsAccess,
  fsAccess,
  intersection,
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
  for (let changed = true; changed; ) {
    changed = false;
    for (const move of moves) {
      const gain = gainOf(granted, move, ground.holderOf);
      if (gain === 0) continue;
      const source = ground.holderOf(parentOf(move.from));
      granted.set(source, union(granted.get(source) ?? fsAccess(), gain));
      added.push({
        path: parentOf(move.from),
        directory: true,
        access: gain,
        use: move.use,
        why: 'equalised',
        makes: undefined,
        holder: source,
        holderIsDirectory: true,
      });
      changed = true;
    }
  }
  return added;
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

import {
  allAccess,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../landlock/access-set.js';
import type { DangerMap } from './danger-map.js';
import { type Intent, rightsOfIntent } from './dangers/danger.js';
import type { GuardedPlaces } from './guarded.js';
import { mayFold } from './may-fold.js';
import { alike, type Zone } from './prices.js';
import type { FoldPolicy } from './pricing.js';

/** Where which rights may be folded: not on or over guarded places and dangers. */
export function foldPolicy(guarded: GuardedPlaces, dangers: DangerMap): FoldPolicy {
  return ({ path }, access, extent) => {
    if (isOfEverybody(path)) return fsAccess();
    let open = access;
    for (const group of alike) {
      const rights = intersection(group, access);
      const closed = intersection(rights, extent.closed) !== 0;
      // What is priced alike is folded alike.
      if (closed || !mayFold(path, rights, guarded, dangers)) open = difference(open, group);
    }
    return open;
  };
}

/** The rights that nothing above a path may be given on its account. */
export function closedBeneath(
  path: string,
  zone: Zone,
  guarded: GuardedPlaces,
  dangers: DangerMap,
): FsAccess {
  // A distribution's own files hold no secrets.
  if (zone === 'system') return fsAccess();
  if (guarded.at(path) !== undefined) return allAccess('fs', Number.POSITIVE_INFINITY);
  let closed = fsAccess();
  for (const intent of intents) {
    if (dangers.at(path, intent) !== undefined) closed = union(closed, rightsOfIntent[intent]);
  }
  return closed;
}

const intents: readonly Intent[] = ['read', 'write', 'connect'];

/** Whether what lies at a path is not of the disk, or of every program that runs. */
export function isOfEverybody(path: string): boolean {
  return /^\/(proc|sys|dev|run)(\/|$)|^(\/var)?\/tmp$/.test(path);
}

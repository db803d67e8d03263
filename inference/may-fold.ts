import type { FsAccess } from '../landlock/access-set.js';
import { type DangerMap, intentsOf } from './danger-map.js';
import type { GuardedPlaces } from './guarded.js';

/**
 * Whether rights may be granted on a whole hierarchy for the sake of some things in it: never on a
 * guarded place, never where a danger lies in the hierarchy or the hierarchy in a danger, as far as
 * these rights matter to it.
 */
export function mayFold(
  hierarchy: string,
  access: FsAccess,
  guarded: GuardedPlaces,
  dangers: DangerMap,
): boolean {
  if (guarded.at(hierarchy) !== undefined || guarded.mayHold(hierarchy)) return false;
  if (intentsOf(access).some((intent) => dangers.at(hierarchy, intent) !== undefined)) return false;
  return dangers.openedBy(hierarchy, access).length === 0;
}

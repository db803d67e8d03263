import { difference, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import type { Extent } from '../tracer/extent.js';
import type { Opened, PathUse, Why } from './inference.js';
import { whatOpens } from './prices.js';

/**
 * What a rule opens beyond its uses, of what is there now.
 *
 * @param isThere - whether a path that was used is still there.
 */
export function openedBy(
  access: FsAccess,
  extent: Extent,
  uses: readonly PathUse[],
  isThere: (path: string) => boolean,
): readonly Opened[] {
  const counts = {
    files: sum(extent.files),
    programs: sum(extent.programs),
    directories: sum(extent.directories),
  };
  const used = usedByBit(uses, isThere);
  const groups = new Map<string, Opened>();
  for (let bit = 0; bit < 31; bit++) {
    const right = (access & (1 << bit)) as FsAccess;
    if (right === 0) continue;
    const opens = whatOpens(bit);
    const what = opens === 'directories' ? 'directories' : 'files';
    const count = counts[opens] - (used[bit] ?? 0);
    if (count <= 0) continue;
    const key = `${what} ${count}`;
    const group = groups.get(key);
    groups.set(key, { access: union(group?.access ?? fsAccess(), right), what, count });
  }
  return [...groups.values()];
}

/** How many paths that are there were used by each right, by its bit. */
function usedByBit(
  uses: readonly PathUse[],
  isThere: (path: string) => boolean,
): readonly number[] {
  const used: number[] = [];
  let last: string | undefined;
  let counted = fsAccess();
  let lastIsThere = false;
  // The uses are in the order of their paths.
  for (const { path, access, why } of uses) {
    if (noUse.has(why)) continue;
    if (path !== last) {
      counted = fsAccess();
      lastIsThere = isThere(path);
    }
    last = path;
    const fresh = lastIsThere ? difference(access, counted) : fsAccess();
    counted = union(counted, fresh);
    for (let bit = 0; fresh >> bit !== 0; bit++) {
      if ((fresh & (1 << bit)) !== 0) used[bit] = (used[bit] ?? 0) + 1;
    }
  }
  return used;
}

/** Uses that nobody made. */
const noUse: ReadonlySet<Why> = new Set(['equalised', 'foreseen', 'sought']);

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

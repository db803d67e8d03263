import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import type { Extent } from '../tracer/extent.js';
import type { Opened, PathUse } from './inference.js';
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
  const groups = new Map<string, Opened>();
  for (let bit = 0; bit < 31; bit++) {
    const right = (access & (1 << bit)) as FsAccess;
    if (right === 0) continue;
    const opens = whatOpens(bit);
    const what = opens === 'directories' ? 'directories' : 'files';
    const used = countUsed(right, uses, isThere);
    const count = counts[opens] - used;
    if (count <= 0) continue;
    const key = `${what} ${count}`;
    const group = groups.get(key);
    groups.set(key, { access: union(group?.access ?? fsAccess(), right), what, count });
  }
  return [...groups.values()];
}

function countUsed(
  right: FsAccess,
  uses: readonly PathUse[],
  isThere: (path: string) => boolean,
): number {
  let count = 0;
  let last: string | undefined;
  // The uses are in the order of their paths.
  for (const { path, access, why } of uses) {
    if ((access & right) === 0 || why === 'equalised' || path === last) continue;
    last = path;
    if (isThere(path)) count += 1;
  }
  return count;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

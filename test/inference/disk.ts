import { zoneOf } from '../../inference/prices.js';
import { fsAccess } from '../../landlock/access-set.js';
import { isBeneath, parentOf } from '../../landlock/hierarchy.js';
import type { FileType } from '../../landlock/operation.js';
import type { Extent, Extents } from '../../tracer/extent.js';

/** What stands on a made-up disk, by path. */
export type Disk = ReadonlyMap<string, FileType>;

/** How much lies beneath each directory of a disk, on which every file can be executed. */
export function extentsOn(disk: Disk): Extents {
  const of = new Map<string, Extent>();
  for (const [path, type] of disk) {
    if (type === 'directory') of.set(path, extentOf(path, disk));
  }
  return { of, cut: [] };
}

function extentOf(hierarchy: string, disk: Disk): Extent {
  const files = new Map<string, number>();
  const directories = new Map<string, number>();
  for (const [path, type] of disk) {
    if (!isBeneath(path, hierarchy) || type === 'symlink') continue;
    const kinds = type === 'directory' ? directories : files;
    const zone = zoneOf(type === 'directory' ? path : parentOf(path));
    kinds.set(zone, (kinds.get(zone) ?? 0) + 1);
  }
  return { files, programs: files, directories, unmet: 0, closed: fsAccess() };
}

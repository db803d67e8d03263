import { lstatSync, statSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';

/**
 * Where a path of the system is on this machine. Traces of a machine whose `/bin`, `/lib` and the
 * like are symlinks into `/usr` name what is there by `/usr` alone; where they are directories of
 * their own, it may be in either, or in both. The other way round the symlinks lead there.
 */
export function onThisMachine(path: string): readonly string[] {
  const [, name] = /^\/usr\/([^/]+)/.exec(path) ?? [];
  if (name === undefined || !unmergedNames().has(name)) return [path];
  const unmerged = path.slice('/usr'.length);
  if (!isThere(unmerged)) return [path];
  return isThere(path) ? [path, unmerged] : [unmerged];
}

/** The directories of the usr-merge that were not merged here. */
function unmergedNames(): ReadonlySet<string> {
  known ??= new Set(mergedElsewhere.filter(isApart));
  return known;
}

let known: ReadonlySet<string> | undefined;

const mergedElsewhere = ['bin', 'lib', 'lib32', 'lib64', 'libx32', 'sbin'];

function isApart(name: string): boolean {
  const own = lstatSync(`/${name}`, { throwIfNoEntry: false });
  if (own?.isDirectory() !== true) return false;
  const other = statSync(`/usr/${name}`, { throwIfNoEntry: false });
  return own.ino !== other?.ino || own.dev !== other.dev;
}

function isThere(path: string): boolean {
  try {
    return statSync(pathForNode(path), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // Beneath what is no directory, or closed to us.
  }
}

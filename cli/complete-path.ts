import { readdirSync, statSync } from 'node:fs';
import { pathForNode, pathFromBytes } from '../kernel/path-bytes.js';

/** The paths that an absolute path's beginning may go on as; directories end in a slash. */
export function completePath(beginning: string): readonly string[] {
  const slash = beginning.lastIndexOf('/');
  if (slash < 0) return [];
  const directory = beginning.slice(0, slash + 1);
  const start = beginning.slice(slash + 1);
  return namesIn(directory)
    .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
    .sort()
    .map((name) => directory + name)
    .map((path) => (isDirectory(path) ? `${path}/` : path));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(pathForNode(directory), { encoding: 'buffer' }).map(pathFromBytes);
  } catch {
    return []; // Closed to us, or not there: then it does not go on.
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(pathForNode(path), { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

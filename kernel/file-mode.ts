import { lstatSync } from 'node:fs';
import { loadedLibc } from './libc.js';
import { hasEscapedBytes, pathForNode, pathToBytes } from './path-bytes.js';

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_NO_AUTOMOUNT = 0x800;
const STATX_TYPE = 1;
/** Of struct statx: its size, and where the mode stands in it. */
const statxSize = 256;
const modeOffset = 28;
const PATH_MAX = 4096;

/**
 * The mode of what stands at a path (st_mode: type and permissions), not following a symlink there;
 * undefined where nothing does, or what does cannot be reached. By statx(2) itself: Node's `lstat`
 * makes an object of dates and numbers beside, which takes longer than the call.
 */
export function modeAt(path: string): number | undefined {
  ask ??= statxWorks() ? modeByStatx : modeByNode;
  return ask(path);
}

let ask: ((path: string) => number | undefined) | undefined;

/** Containers' seccomp filters of old deny it, as if there were no such call. */
function statxWorks(): boolean {
  return modeByStatx('/') !== undefined;
}

const path = Buffer.alloc(PATH_MAX);
const status = Buffer.alloc(statxSize);
let statx: ((...values: [number, Buffer, number, number, Buffer]) => number) | undefined;

function modeByStatx(name: string): number | undefined {
  const length = hasEscapedBytes(name) ? pathToBytes(name).copy(path) : path.write(name);
  if (length === PATH_MAX || name.includes('\0')) return undefined; // ENAMETOOLONG; no name at all
  path[length] = 0;
  statx ??= loadedLibc(
    'int statx(int directory, void *path, int flags, unsigned int mask, void *status)',
  );
  const flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
  return statx(AT_FDCWD, path, flags, STATX_TYPE, status) === 0
    ? status.readUInt16LE(modeOffset)
    : undefined;
}

function modeByNode(name: string): number | undefined {
  try {
    return lstatSync(pathForNode(name), { throwIfNoEntry: false })?.mode;
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

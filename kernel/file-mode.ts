import { lstatSync } from 'node:fs';
import { loadedLibc } from './libc.js';
import { PathArgument } from './path-argument.js';
import { pathForNode } from './path-bytes.js';

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_NO_AUTOMOUNT = 0x800;
const STATX_TYPE = 1;
/** Of struct statx: its size, and where the mode stands in it. */
const statxSize = 256;
const modeOffset = 28;

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

const argument = new PathArgument();
const status = Buffer.alloc(statxSize);
let statx: ((...values: [number, Buffer, number, number, Buffer]) => number) | undefined;

function modeByStatx(path: string): number | undefined {
  if (!argument.hold(path)) return undefined;
  statx ??= loadedLibc(
    'int statx(int directory, void *path, int flags, unsigned int mask, void *status)',
  );
  const flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
  return statx(AT_FDCWD, argument.bytes, flags, STATX_TYPE, status) === 0
    ? status.readUInt16LE(modeOffset)
    : undefined;
}

function modeByNode(path: string): number | undefined {
  try {
    return lstatSync(pathForNode(path), { throwIfNoEntry: false })?.mode;
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

import { lstatSync, statSync } from 'node:fs';
import { addressOf, loadedLibc, wordsOfMemory } from './libc.js';
import { PathArgument } from './path-argument.js';
import { pathForNode } from './path-bytes.js';

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_NO_AUTOMOUNT = 0x800;
const STATX_TYPE = 1;
/** Of struct statx, in words of 32 bits: its size, and the one whose low half is the mode. */
const statxWords = 64;
const modeWord = 7;

/**
 * The mode of what stands at a path (st_mode: type and permissions), not following a symlink there;
 * undefined where nothing does, or what does cannot be reached. By statx(2) itself: Node's `lstat`
 * makes an object of dates and numbers beside, which takes longer than the call.
 */
export function modeAt(path: string): number | undefined {
  works ??= statxWorks();
  if (!works) return modeByNode(path, false);
  return argument.hold(path) ? modeByStatx(argument, false) : undefined;
}

/** The same for a path that is held already, through symlinks where it says so. */
export function modeAtHeld(held: PathArgument, follow: boolean): number | undefined {
  works ??= statxWorks();
  return works ? modeByStatx(held, follow) : modeByNode(held.path, follow);
}

let works: boolean | undefined;

/** Containers' seccomp filters of old deny it, as if there were no such call. */
function statxWorks(): boolean {
  return argument.hold('/') && modeByStatx(argument, false) !== undefined;
}

const argument = new PathArgument();
const status = wordsOfMemory(statxWords);
const statusAt = Number(addressOf(status));
let statx: ((...values: [number, number, number, number, number]) => number) | undefined;

function modeByStatx({ address }: PathArgument, follow: boolean): number | undefined {
  statx ??= loadedLibc(
    'int statx(int directory, unsigned long path, int flags, unsigned int mask, unsigned long status)',
  );
  const flags = follow ? AT_NO_AUTOMOUNT : AT_NO_AUTOMOUNT | AT_SYMLINK_NOFOLLOW;
  return statx(AT_FDCWD, address, flags, STATX_TYPE, statusAt) === 0
    ? (status[modeWord] as number) & 0xffff
    : undefined;
}

function modeByNode(path: string, follow: boolean): number | undefined {
  try {
    const look = follow ? statSync : lstatSync;
    return look(pathForNode(path), { throwIfNoEntry: false })?.mode;
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

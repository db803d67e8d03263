import { addressOf, loadedLibc, wordsOfMemory } from './libc.js';
import { PathArgument } from './path-argument.js';

/** statx(2) itself: Node's `stat` makes an object of dates and numbers, which takes longer than the call. */

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_NO_AUTOMOUNT = 0x800;

/** What is asked for. */
export const STATX_TYPE = 0x1;
export const STATX_CTIME = 0x80;
export const STATX_INO = 0x100;
export const STATX_SIZE = 0x200;

/** Where it stands in the answer, a struct statx in words of 32 bits; the mode in a word's low half. */
export const modeWord = 7;
export const inodeWords = 8;
export const sizeWords = 10;
export const changeWords = 24;
export const deviceWords = 34;
const statxWords = 64;

/**
 * What is known of what stands at a path, until the next time that this is asked; undefined where
 * nothing does, or what does cannot be reached.
 */
export function statusAt(
  { address }: PathArgument,
  follow: boolean,
  mask: number,
): Uint32Array | undefined {
  statx ??= loadedLibc(
    'int statx(int directory, unsigned long path, int flags, unsigned int mask, unsigned long status)',
  );
  const flags = follow ? AT_NO_AUTOMOUNT : AT_NO_AUTOMOUNT | AT_SYMLINK_NOFOLLOW;
  return statx(AT_FDCWD, address, flags, mask, whereItIs) === 0 ? status : undefined;
}

/** Containers' seccomp filters of old deny it, as if there were no such call. */
export function statxWorks(): boolean {
  works ??= root.hold('/') && statusAt(root, false, STATX_TYPE) !== undefined;
  return works;
}

const status = wordsOfMemory(statxWords);
const whereItIs = Number(addressOf(status));
const root = new PathArgument();
let statx: ((...values: [number, number, number, number, number]) => number) | undefined;
let works: boolean | undefined;

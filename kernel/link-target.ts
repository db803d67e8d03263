import { addressOf, loadedLibc } from './libc.js';
import { PathArgument } from './path-argument.js';
import { pathAtStartOf } from './path-bytes.js';

const argument = new PathArgument();
/** Longer than a target may be (PATH_MAX), so that none is cut. */
const target = Buffer.alloc(4097);
const targetAt = Number(addressOf(target));
let readlink: ((...values: [number, number, number]) => number) | undefined;

/**
 * What the symlink at a path holds: readlink(2). Undefined where none is, where it may not be read,
 * or where what it shows is too long for the kernel to tell.
 */
export function linkAt(path: string): string | undefined {
  if (!argument.hold(path)) return undefined;
  readlink ??= loadedLibc(
    'long readlink(unsigned long path, unsigned long target, unsigned long size)',
  );
  const length = readlink(argument.address, targetAt, target.length);
  return length < 0 ? undefined : pathAtStartOf(target, length);
}

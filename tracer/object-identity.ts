import { lstatSync, statSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';
import type { ObjectId } from '../landlock/layer.js';

/**
 * What stands at a path now, as the kernel tells objects apart; undefined when nothing does. The
 * names of a hard link or a bind mount have the same one.
 *
 * A symlink is an object of its own. In /proc, where they stand for whoever looks, they are
 * followed: `/proc/self` of the command is that of the process that becomes it.
 */
export function identityAt(path: string): ObjectId | undefined {
  try {
    const own = lstatSync(pathForNode(path), options);
    const followed = own?.isSymbolicLink() === true && path.startsWith('/proc/');
    const stats = followed ? statSync(pathForNode(path), options) : own;
    return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

/** The parts of an identity; undefined for what does not exist yet. */
export function partsOf(
  identity: ObjectId | undefined,
): { readonly device: bigint; readonly inode: string } | undefined {
  const [, device, inode] = /^(\d+):(\d+)$/.exec(identity ?? '') ?? [];
  return device === undefined || inode === undefined
    ? undefined
    : { device: BigInt(device), inode };
}

const options = { bigint: true, throwIfNoEntry: false } as const;

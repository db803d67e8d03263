import { lstatSync, statSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';
import type { ObjectId, ObjectOf } from '../landlock/layer.js';
import type { ProfileCreation } from './profile.js';

/**
 * What paths lead to on the disk as it is when they are first asked for; what profiles create
 * beforehand counts as being there.
 *
 * A symlink is an object of its own. In /proc, where they stand for whoever looks, they are
 * followed: `/proc/self` of the command is that of the process that becomes it.
 */
export function objectsOnDisk(creations: readonly ProfileCreation[]): ObjectOf {
  const known = new Map<string, ObjectId | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, identityOf(path, creations));
    return known.get(path);
  };
}

function identityOf(path: string, creations: readonly ProfileCreation[]): ObjectId | undefined {
  try {
    const options = { bigint: true, throwIfNoEntry: false } as const;
    const own = lstatSync(pathForNode(path), options);
    const followed = own?.isSymbolicLink() === true && path.startsWith('/proc/');
    const stats = followed ? statSync(pathForNode(path), options) : own;
    if (stats !== undefined) return `${stats.dev}:${stats.ino}`;
  } catch {
    // In a directory that may not be searched, or beneath a file.
  }
  return creations.some((creation) => creation.path === path) ? `to create: ${path}` : undefined;
}

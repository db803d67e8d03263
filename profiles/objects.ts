import type { ObjectId, ObjectOf } from '../landlock/layer.js';
import { identityAt } from '../tracer/object-identity.js';
import type { ProfileCreation } from './profile.js';

/**
 * What paths lead to on the disk as it is when they are first asked for; what profiles create
 * beforehand counts as being there.
 */
export function objectsOnDisk(creations: readonly ProfileCreation[]): ObjectOf {
  const known = new Map<string, ObjectId | undefined>();
  const created = (path: string) =>
    creations.some((creation) => creation.path === path) ? `to create: ${path}` : undefined;
  return (path) => {
    if (!known.has(path)) known.set(path, identityAt(path) ?? created(path));
    return known.get(path);
  };
}

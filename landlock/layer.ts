import { type FsAccess, fsAccess, type NetAccess, union } from './access-set.js';
import { hierarchiesOf } from './hierarchy.js';
import type { Ruleset } from './ruleset.js';

/** A ruleset made ready for looking up. */
export interface Layer {
  readonly ruleset: Ruleset;
  /** By the objects that the rules are tied to. */
  readonly objects: ReadonlyMap<ObjectId, FsAccess>;
  readonly ports: ReadonlyMap<number, NetAccess>;
}

/** What tells objects apart: the kernel's inode. Where nothing better is known, a path. */
export type ObjectId = string;

/**
 * The object that a path leads to now; undefined where there is none. Two paths of one object (hard
 * links, bind mounts) have one id; one path has two where its object was replaced.
 */
export type ObjectOf = (path: string) => ObjectId | undefined;

/** Every path is an object of its own, which nothing moves or replaces. */
export const byName: ObjectOf = (path) => path;

/** A ruleset as a layer: its rules for paths that lead nowhere are no rules. */
export function layerOf(ruleset: Ruleset, objectOf: ObjectOf): Layer {
  const objects = new Map<ObjectId, FsAccess>();
  for (const { path, access } of ruleset.paths) {
    const object = objectOf(path);
    if (object !== undefined) objects.set(object, union(objects.get(object) ?? fsAccess(), access));
  }
  const ports = new Map<number, NetAccess>();
  for (const { port, access } of ruleset.ports) {
    ports.set(port, ((ports.get(port) ?? 0) | access) as NetAccess);
  }
  return { ruleset, objects, ports };
}

/** The rights that a layer grants at a path: the union of the rules met from the leaf up. */
export function grantedAt(layer: Layer, path: string, objectOf: ObjectOf = byName): FsAccess {
  let granted = fsAccess();
  for (const hierarchy of hierarchiesOf(path)) {
    const object = objectOf(hierarchy);
    const access = object === undefined ? undefined : layer.objects.get(object);
    if (access !== undefined) granted = union(granted, access);
  }
  return granted;
}

import { lstatSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';
import { hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';
import { type FollowedLink, followPath, typeAt } from '../tracer/disk-view.js';
import type { ProfileCreation } from './profile.js';

/** Something that a path names, as the kernel would come to it and judge it. */
export interface Place {
  /** Without symlinks. */
  readonly path: string;
  readonly links: readonly FollowedLink[];
  readonly type: FileType | 'missing';
  /** The path and every directory above it, from the leaf up; what is missing has no identity. */
  readonly hierarchies: readonly Hierarchy[];
}

export interface Hierarchy {
  readonly path: string;
  readonly identity: Identity | undefined;
}

/**
 * What the kernel ties a rule to: an inode, whatever it is called. The names of a hard link or a
 * bind mount have the same one.
 */
export type Identity = string;

/** What stands at an absolute path, once what the profiles create beforehand is there. */
export function placeAt(asked: string, creations: readonly ProfileCreation[] = []): Place {
  const { path, links } = followPath(asked);
  const type = typeAt(path);
  const created = creations.find((creation) => creation.path === path)?.kind;
  return {
    path,
    links,
    type: type !== 'missing' || created === undefined ? type : typeOfCreation[created],
    hierarchies: [...hierarchiesOf(path)].map((hierarchy) => ({
      path: hierarchy,
      identity: identityAt(hierarchy, creations),
    })),
  };
}

/** The place of the directory that holds what is at a place. */
export function holderOf({ path, hierarchies }: Place): Place {
  const [, ...above] = hierarchies;
  return { path: parentOf(path), links: [], type: 'directory', hierarchies: above };
}

/** What stands at a path, not following a symlink there; undefined when nothing does. */
export function identityAt(
  path: string,
  creations: readonly ProfileCreation[] = [],
): Identity | undefined {
  const stats = statsAt(path);
  if (stats !== undefined) return `${stats.dev}:${stats.ino}`;
  return creations.some((creation) => creation.path === path) ? `to create: ${path}` : undefined;
}

const typeOfCreation = { directory: 'directory', file: 'regular' } as const;

function statsAt(path: string) {
  try {
    return lstatSync(pathForNode(path), { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

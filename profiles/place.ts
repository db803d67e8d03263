import { hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { ObjectId } from '../landlock/layer.js';
import type { FileType } from '../landlock/operation.js';
import { type FollowedLink, followPath, typeAt } from '../tracer/disk-view.js';
import { objectsOnDisk } from './objects.js';
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
  readonly identity: ObjectId | undefined;
}

/** What stands at an absolute path, once what the profiles create beforehand is there. */
export function placeAt(asked: string, creations: readonly ProfileCreation[] = []): Place {
  const { path, links } = followPath(asked);
  const identityAt = objectsOnDisk(creations);
  const type = typeAt(path);
  const created = creations.find((creation) => creation.path === path)?.kind;
  return {
    path,
    links,
    type: type !== 'missing' || created === undefined ? type : typeOfCreation[created],
    hierarchies: [...hierarchiesOf(path)].map((hierarchy) => ({
      path: hierarchy,
      identity: identityAt(hierarchy),
    })),
  };
}

/** The place of the directory that holds what is at a place. */
export function holderOf({ path, hierarchies }: Place): Place {
  const [, ...above] = hierarchies;
  return { path: parentOf(path), links: [], type: 'directory', hierarchies: above };
}

const typeOfCreation = { directory: 'directory', file: 'regular' } as const;

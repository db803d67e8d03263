import { type FsAccess, fsAccess } from '../../landlock/access-set.js';
import type { Severity } from '../severity.js';

/** What somebody does with a thing, as far as danger goes. */
export type Intent = 'read' | 'write' | 'connect';

/**
 * Places where a right means more than it says. `places` are absolute paths; a place stands for
 * all that lies beneath it as well. `*` is any part of one name, a leading `**` any directory,
 * `${HOME}` and the XDG variables every home that there may be. The most precise row wins, so that
 * a row can make an exception from another.
 */
export interface Danger {
  readonly places: readonly string[];
  readonly intent: Intent;
  /** Null for an exception: nothing comes of it. */
  readonly severity: Severity | null;
  /** What these places are, in a few words. */
  readonly what: string;
  /** Ends a sentence that begins with who does what to the place. */
  readonly reason: string;
}

/**
 * The rights by which an intent is carried out. To plant something takes a right to write to what
 * is there, or to put something new in its place; removing alone plants nothing.
 */
export const rightsOfIntent: Readonly<Record<Intent, FsAccess>> = {
  read: fsAccess('read_file'),
  write: fsAccess('write_file', 'make_reg', 'make_sym'),
  connect: fsAccess('resolve_unix'),
};

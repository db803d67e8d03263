import type { FsAccess } from '../landlock/access-set.js';

/** How much there is beneath a directory, itself included, by the kind of place it lies in. */
export interface Extent {
  /** Everything that is neither a directory nor a symlink. */
  readonly files: ReadonlyMap<string, number>;
  /** Those of the files that somebody may execute; all of them where nobody asked for that. */
  readonly programs: ReadonlyMap<string, number>;
  readonly directories: ReadonlyMap<string, number>;
  /** How many of all these the runs did not meet. */
  readonly unmet: number;
  /** The rights that may not be given on all of it for the sake of some, for what lies beneath. */
  readonly closed: FsAccess;
}

/** What was counted on the disk. */
export interface Extents {
  /** Only those that were counted to the end. */
  readonly of: ReadonlyMap<string, Extent>;
  /** Those whose counting was given up since all together took too long. */
  readonly cut: readonly string[];
}

/** What is to be counted, and how. */
export interface ExtentRequest {
  readonly directories: readonly string[];
  /**
   * The number of objects that the runs did not meet beyond which counting on is of no use. It is
   * asked once for each directory, after all that are beneath it have been counted.
   */
  readonly limitOf: (path: string, counted: ReadonlyMap<string, Extent>) => number;
  /** Whether it matters which of the files in a directory are programs: each has to be looked at. */
  readonly countsPrograms: (path: string) => boolean;
  /** Whether the runs met a path: what they met themselves is counted, and tries no patience. */
  readonly isMet: (path: string) => boolean;
  /** The kind of place that a directory is, given that of the one above. */
  readonly zoneOf: (path: string) => string;
  /** The rights that may not be given on all of what holds this path, in a directory of a zone. */
  readonly closedFor: (path: string, zone: string) => FsAccess;
}

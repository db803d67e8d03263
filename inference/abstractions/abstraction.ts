import type { FsRight } from '../../landlock/abi.js';

/**
 * A family of paths that programs use together for one purpose, under one name. Paths are those of
 * Debian, without symlinks; the others that a merged /usr leads to follow from them. `*` is any part
 * of one name, `${ARCH}` a multi-arch triplet.
 */
export interface Abstraction {
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** Who uses it, and what for. */
  readonly reason: string;
  /** Where it is written that these are the paths. */
  readonly source: string;
  readonly parts: readonly AbstractionPart[];
}

/** Paths with the most that the family needs there. */
export interface AbstractionPart {
  readonly access: readonly FsRight[];
  /** Directories, with all that lies in them. */
  readonly hierarchies?: readonly string[];
  /** These alone. */
  readonly files?: readonly string[];
  /**
   * Why the next run will use what this one did not: once a file in one of the hierarchies was read,
   * `access` is granted on that hierarchy as a whole; once one of the files was used, on that file.
   * Without it nothing is granted that no run used; nor by a file that stands among `files`.
   */
  readonly foreseen?: string;
  /**
   * Whether one thing is looked for in all of the hierarchies, so that they are foreseen together.
   * Those that no run met are granted where they were found on the disk.
   */
  readonly together?: boolean;
  /** What these programs use sooner or later, though no run showed it. */
  readonly brings?: Brought;
}

/** Files that are granted once a program was executed. */
export interface Brought {
  /** Each with all that is foreseen of it where it is used at all. */
  readonly files: readonly string[];
  readonly reason: string;
}

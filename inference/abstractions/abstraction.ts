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
}

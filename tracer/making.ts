import type { FileType } from '../landlock/operation.js';

/** What a call gives a name to, and where among its arguments that name is. */
export interface Making {
  /** The type of what it makes, or the index of the mode that holds it. */
  readonly makes: FileType | { readonly mode: number };
  /** The index of the directory descriptor; none for the old calls. */
  readonly directory?: number;
  /** The index of the name. */
  readonly path: number;
  /** The index of the device's numbers, where it may make one. */
  readonly device?: number;
}

/** mkdir(2), mknod(2), symlink(2) and their relatives. */
export function makingOf(call: string): Making {
  switch (call) {
    case 'mkdir':
      return { makes: 'directory', path: 0 };
    case 'mkdirat':
      return { makes: 'directory', directory: 0, path: 1 };
    case 'symlink':
      return { makes: 'symlink', path: 1 };
    case 'symlinkat':
      return { makes: 'symlink', directory: 1, path: 2 };
    case 'mknod':
      return { makes: { mode: 1 }, path: 0, device: 2 };
    default:
      return { makes: { mode: 2 }, directory: 0, path: 1, device: 3 };
  }
}

/** The device 0:0: only overlay file systems, to which it marks what is gone, make anything of it. */
export function isWhiteout(type: FileType, numbers: number | undefined): boolean {
  return type === 'char-device' && numbers === 0;
}

/**
 * The types that mknod(2) makes, by its mode (inode(7)). Without a type it makes a regular file;
 * all other types it refuses before anyone is asked (may_mknod, fs/namei.c).
 */
export const nodeTypes: readonly {
  readonly name: string;
  readonly bits: number;
  readonly type: FileType;
}[] = [
  { name: 'S_IFREG', bits: 0o100000, type: 'regular' },
  { name: 'S_IFIFO', bits: 0o010000, type: 'fifo' },
  { name: 'S_IFCHR', bits: 0o020000, type: 'char-device' },
  { name: 'S_IFBLK', bits: 0o060000, type: 'block-device' },
  { name: 'S_IFSOCK', bits: 0o140000, type: 'socket' },
];

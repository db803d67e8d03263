import { lstatSync, statSync } from 'node:fs';
import { PathArgument } from './path-argument.js';
import { pathForNode } from './path-bytes.js';
import {
  deviceWords,
  inodeWords,
  modeWord,
  STATX_INO,
  STATX_TYPE,
  statusAt,
  statxWorks,
} from './statx.js';

/**
 * The mode of what stands at a path (st_mode: type and permissions), not following a symlink there;
 * undefined where nothing does, or what does cannot be reached.
 */
export function modeAt(path: string): number | undefined {
  if (!statxWorks()) return statsByNode(path, false)?.mode;
  return argument.hold(path) ? modeByStatx(argument) : undefined;
}

/** A file's mode, and what tells it from every other. */
export interface FileIdentity {
  readonly mode: number;
  readonly device: number;
  readonly inode: number;
}

/** What stands at a path that is held already, through symlinks where it says so. */
export function fileAtHeld(held: PathArgument, follow: boolean): FileIdentity | undefined {
  if (!statxWorks()) return statsByNode(held.path, follow);
  const status = statusAt(held, follow, STATX_TYPE | STATX_INO);
  if (status === undefined) return undefined;
  return {
    mode: (status[modeWord] as number) & 0xffff,
    device: (status[deviceWords] as number) * 2 ** 32 + (status[deviceWords + 1] as number),
    inode: (status[inodeWords + 1] as number) * 2 ** 32 + (status[inodeWords] as number),
  };
}

const argument = new PathArgument();

function modeByStatx(path: PathArgument): number | undefined {
  const status = statusAt(path, false, STATX_TYPE);
  return status === undefined ? undefined : (status[modeWord] as number) & 0xffff;
}

function statsByNode(path: string, follow: boolean): FileIdentity | undefined {
  try {
    const look = follow ? statSync : lstatSync;
    const stats = look(pathForNode(path), { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return { mode: stats.mode, device: stats.dev, inode: stats.ino };
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

import { lstatSync, statSync } from 'node:fs';
import { PathArgument } from './path-argument.js';
import { pathForNode } from './path-bytes.js';
import { modeWord, STATX_TYPE, statusAt, statxWorks } from './statx.js';

/**
 * The mode of what stands at a path (st_mode: type and permissions), not following a symlink there;
 * undefined where nothing does, or what does cannot be reached.
 */
export function modeAt(path: string): number | undefined {
  if (!statxWorks()) return modeByNode(path, false);
  return argument.hold(path) ? modeByStatx(argument, false) : undefined;
}

/** The same for a path that is held already, through symlinks where it says so. */
export function modeAtHeld(held: PathArgument, follow: boolean): number | undefined {
  return statxWorks() ? modeByStatx(held, follow) : modeByNode(held.path, follow);
}

const argument = new PathArgument();

function modeByStatx(path: PathArgument, follow: boolean): number | undefined {
  const status = statusAt(path, follow, STATX_TYPE);
  return status === undefined ? undefined : (status[modeWord] as number) & 0xffff;
}

function modeByNode(path: string, follow: boolean): number | undefined {
  try {
    const look = follow ? statSync : lstatSync;
    return look(pathForNode(path), { throwIfNoEntry: false })?.mode;
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

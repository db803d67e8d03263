import { constants, lstatSync, realpathSync, type Stats } from 'node:fs';
import { fileAtHeld, modeAt } from '../kernel/file-mode.js';
import { linkAt } from '../kernel/link-target.js';
import type { PathArgument } from '../kernel/path-argument.js';
import { pathForNode, pathFromBytes } from '../kernel/path-bytes.js';
import { parentOf } from '../landlock/hierarchy.js';
import type { FileType } from '../landlock/operation.js';
import type { ObjectState } from './trace.js';

/** What stands at a path now, not following a symlink there. */
export function typeAt(path: string): FileType | 'missing' {
  const mode = modeAt(path);
  return mode === undefined ? 'missing' : typeOfMode(mode);
}

/** What stands at a path, as a type and as what tells it from every other. */
export interface Standing {
  readonly type: FileType | 'missing';
  /** As the kernel has them; 0 where nothing stands. */
  readonly device: number;
  readonly inode: number;
}

/** What stands now at a path that is held already, through symlinks where it says so. */
export function standingAt(held: PathArgument, follow: boolean): Standing {
  const file = fileAtHeld(held, follow);
  if (file === undefined) return nothing;
  return { type: typeOfMode(file.mode), device: file.device, inode: file.inode };
}

const nothing: Standing = { type: 'missing', device: 0, inode: 0 };

/** What a run left at a path, with its permission bits; 0 when nothing stands there. */
export function stateAt(path: string): Pick<ObjectState, 'after' | 'mode'> {
  const mode = modeAt(path);
  return mode === undefined
    ? { after: 'missing', mode: 0 }
    : { after: typeOfMode(mode), mode: mode & 0o7777 };
}

/** Whether two paths are names of one file or directory; no symlink at their ends is followed. */
export function isOneObject(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [statsAt(one), statsAt(other)];
  if (first === undefined || second === undefined) return false;
  return first.ino === second.ino && first.dev === second.dev;
}

/**
 * Whether what stands at a path was made at or after `since` (milliseconds since 1970). Undefined
 * when nothing stands there, or the file system does not keep the time of birth.
 */
export function bornSince(path: string, since: number): boolean | undefined {
  const birth = statsAt(path)?.birthtimeMs;
  return birth === undefined || birth === 0 ? undefined : birth >= since;
}

/**
 * A path as the kernel walks it: absolute, `..` taken where the symlinks have led, symlinks
 * followed in every directory, and in the last part when `followLast`. What does not exist is
 * taken as it is named.
 */
export function resolvePath(path: string, followLast: boolean): string {
  return wholeIfReal(path, followLast) ?? walk(path, followLast, undefined);
}

/**
 * The same as a certain thread of another process walks it, for which `/proc/self`, and what leads
 * there (`/dev/stdin`), is another place than for us. The result is no absolute path where a
 * descriptor's link leads to none: `pipe:[7]`.
 */
export function resolvePathOf(caller: Caller, path: string, followLast: boolean): string {
  return /^\/(dev|proc)\//.test(path)
    ? walk(path, followLast, caller)
    : resolvePath(path, followLast);
}

/** A thread and its process, by their ids. */
export interface Caller {
  readonly id: number;
  readonly process: number;
}

/** A symlink that stood on the way of a path. */
export interface FollowedLink {
  readonly link: string;
  /** As the symlink has it. */
  readonly target: string;
}

/** A path as the kernel walks it to its end, and the symlinks that it followed. */
export function followPath(path: string): {
  readonly path: string;
  readonly links: readonly FollowedLink[];
} {
  const links: FollowedLink[] = [];
  return {
    path: walk(path, true, undefined, (link, target) => links.push({ link, target })),
    links,
  };
}

/** The path's real name by the C library, where all of it exists. */
function wholeIfReal(path: string, followLast: boolean): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!followLast && (name === '' || name === '.' || name === '..')) return undefined;
  try {
    const real = pathFromBytes(
      realpathSync.native(pathForNode(followLast ? path : parentOf(path)), 'buffer'),
    );
    return followLast ? real : join(real, name);
  } catch {
    return undefined;
  }
}

/** More than any path may follow: the kernel gives up after 40 (MAXSYMLINKS). */
const mostSymlinks = 40;

function walk(
  path: string,
  followLast: boolean,
  caller: Caller | undefined,
  onLink?: (link: string, target: string) => void,
): string {
  const ahead = path.split('/').reverse();
  let current = '/';
  let followed = 0;
  while (ahead.length > 0) {
    const name = ahead.pop();
    if (name === undefined || name === '' || name === '.') continue;
    if (name === '..') {
      current = parentOf(current);
      continue;
    }
    const next = join(current, name);
    const last = ahead.every((part) => part === '' || part === '.');
    const target = last && !followLast ? undefined : linkFor(caller, next);
    if (target === undefined || followed++ >= mostSymlinks) {
      current = next;
      continue;
    }
    onLink?.(next, target);
    if (isDescriptorLink(next) && last && !typeKnown(target)) return target;
    if (target.startsWith('/')) current = '/';
    ahead.push(...target.split('/').reverse());
  }
  return current;
}

/** A symlink's target, as the thread sees it. */
function linkFor(caller: Caller | undefined, path: string): string | undefined {
  if (caller !== undefined && path === '/proc/self') return String(caller.process);
  if (caller !== undefined && path === '/proc/thread-self') {
    return `${caller.process}/task/${caller.id}`;
  }
  return linkAt(path);
}

function isDescriptorLink(path: string): boolean {
  return /^\/proc\/\d+\/(task\/\d+\/)?fd\/\d+$/.test(path);
}

/** Whether a link's target can be walked: not `pipe:[7]`, nor a file whose name is gone. */
function typeKnown(target: string): boolean {
  return target.startsWith('/') && typeAt(target) !== 'missing';
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

function statsAt(path: string): Stats | undefined {
  try {
    return lstatSync(pathForNode(path), { throwIfNoEntry: false });
  } catch {
    return undefined; // In a directory that may not be searched, or beneath a file.
  }
}

function typeOfMode(mode: number): FileType {
  return types.get(mode & constants.S_IFMT) ?? 'block-device';
}

const types: ReadonlyMap<number, FileType> = new Map([
  [constants.S_IFREG, 'regular'],
  [constants.S_IFDIR, 'directory'],
  [constants.S_IFLNK, 'symlink'],
  [constants.S_IFIFO, 'fifo'],
  [constants.S_IFSOCK, 'socket'],
  [constants.S_IFCHR, 'char-device'],
]);

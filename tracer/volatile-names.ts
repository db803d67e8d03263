import { parentOf } from '../landlock/hierarchy.js';

/**
 * Names that are another at every run, put as one that stands for all: `[pid]` in /proc, `[n]` for
 * a terminal. No such file ever exists, so inference grants on the directory that holds them.
 *
 * The run's first process keeps `/proc/self`: `run` becomes it without changing its process id, so
 * that the kernel ties the rule to that very process.
 */
export function stableName(path: string, leader: number): string {
  if (path.startsWith('/proc/')) return stableProcName(path, leader);
  if (path.startsWith('/dev/pts/')) return path.replace(/^\/dev\/pts\/\d+$/, '/dev/pts/[n]');
  return path;
}

/** What stands for the files without names (O_TMPFILE) in a directory. */
export function unnamedIn(directory: string): string {
  return `${directory === '/' ? '' : directory}/[n]`;
}

/** Whether a path stands for such files. */
export function isUnnamed(path: string): boolean {
  return path.endsWith('/[n]') && !path.startsWith('/dev/pts/');
}

/** The same for one of them, by the number that the kernel shows for its name; else undefined. */
export function unnamed(path: string): string | undefined {
  return /\/#\d+$/.test(path) ? unnamedIn(parentOf(path)) : undefined;
}

/** The part of a stable name that stands for names of every run; undefined when none does. */
export function volatilePart(path: string): string | undefined {
  return /^.*?\/\[(?:pid|tid|n)\](?=\/|$)/.exec(path)?.[0];
}

function stableProcName(path: string, leader: number): string {
  return path
    .replace(/^\/proc\/(\d+)(?=\/|$)/, (_, pid) =>
      Number(pid) === leader ? '/proc/self' : '/proc/[pid]',
    )
    .replace(/^(\/proc\/(?:self|\[pid\])\/task)\/\d+(?=\/|$)/, '$1/[tid]');
}

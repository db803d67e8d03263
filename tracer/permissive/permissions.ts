import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { pathForNode } from '../../kernel/path-bytes.js';
import type { Credentials } from './threads.js';

export type Wish = 'read' | 'write' | 'execute';

/**
 * Whether plain file permissions let a thread do all that it wishes with a file: what they forbid,
 * Landlock is not asked about. The kernel is asked in our own name while the thread has our ids;
 * for others the mode decides, without access control lists.
 */
export function mayUse(credentials: Credentials, path: string, wishes: readonly Wish[]): boolean {
  if (wishes.length === 0) return true;
  if (credentials.user === ourUser) return kernelSaysYes(path, wishes);
  const stats = statsOf(path);
  return stats !== undefined && modeSaysYes(credentials, stats, wishes);
}

/** Of what cannot be reached, as through a symlink to itself, there are none. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(pathForNode(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const ourUser = process.geteuid?.();

const modes: Readonly<Record<Wish, number>> = {
  read: constants.R_OK,
  write: constants.W_OK,
  execute: constants.X_OK,
};

function kernelSaysYes(path: string, wishes: readonly Wish[]): boolean {
  try {
    accessSync(pathForNode(path), bits(wishes));
    return true;
  } catch {
    return false;
  }
}

function modeSaysYes(credentials: Credentials, stats: Stats, wishes: readonly Wish[]): boolean {
  if (credentials.user === 0) return true;
  const member = stats.gid === credentials.group || credentials.groups.includes(stats.gid);
  const shift = stats.uid === credentials.user ? 6 : member ? 3 : 0;
  const wanted = bits(wishes);
  return ((stats.mode >> shift) & wanted) === wanted;
}

function bits(wishes: readonly Wish[]): number {
  return wishes.reduce((mask, wish) => mask | modes[wish], 0);
}

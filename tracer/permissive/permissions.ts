import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { pathForNode } from '../../kernel/path-bytes.js';
import { hierarchiesOf, parentOf } from '../../landlock/hierarchy.js';
import { areOurs, type Credentials } from './credentials.js';

export type Wish = 'read' | 'write' | 'execute';

/**
 * Whether plain file permissions let a thread do all that it wishes with a file: what they forbid,
 * Landlock is not asked about. The kernel is asked in our own name while the thread is no other
 * than us; for others the modes decide, of the file and of the directories that lead there, without
 * access control lists.
 */
export function mayUse(credentials: Credentials, path: string, wishes: readonly Wish[]): boolean {
  if (wishes.length === 0) return true;
  // For those who are above permissions, a file that was found can be read.
  if (credentials.overrides && wishes.length === 1 && wishes[0] === 'read') return true;
  if (areOurs(credentials)) return kernelSaysYes(path, wishes);
  const stats = statsOf(path);
  return (
    stats !== undefined && modeSaysYes(credentials, stats, wishes) && isReachable(credentials, path)
  );
}

/** Of what cannot be reached, as through a symlink to itself, there are none. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(pathForNode(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

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

/** By the bits of owner, group and others, and the capabilities that go before them. */
export function modeSaysYes(
  credentials: Credentials,
  stats: Pick<Stats, 'mode' | 'uid' | 'gid'>,
  wishes: readonly Wish[],
): boolean {
  const { user, group, groups, overrides, reads } = credentials;
  const isDirectory = (stats.mode & constants.S_IFMT) === constants.S_IFDIR;
  const wanted = bits(wishes);
  if (overrides) return isDirectory || (wanted & modes.execute) === 0 || (stats.mode & 0o111) !== 0;
  if (reads && (wanted & ~(isDirectory ? modes.read | modes.execute : modes.read)) === 0)
    return true;
  const member = stats.gid === group || groups.includes(stats.gid);
  const shift = stats.uid === user ? 6 : member ? 3 : 0;
  return ((stats.mode >> shift) & wanted) === wanted;
}

/** Whether every directory on the way may be searched. */
function isReachable(credentials: Credentials, path: string): boolean {
  if (credentials.overrides || credentials.reads) return true;
  for (const directory of hierarchiesOf(parentOf(path))) {
    const stats = statsOf(directory);
    if (stats === undefined || !modeSaysYes(credentials, stats, ['execute'])) return false;
  }
  return true;
}

function bits(wishes: readonly Wish[]): number {
  return wishes.reduce((mask, wish) => mask | modes[wish], 0);
}

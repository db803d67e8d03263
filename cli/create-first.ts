import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';
import type { ProfileCreation } from '../profiles/profile.js';
import { CommandError } from './errors.js';

/**
 * Makes what a profile wants to exist before it is enforced. What is there is left as it is, and a
 * symlink is never followed.
 *
 * @returns the paths that were made.
 * @throws CommandError when something else stands in the way.
 */
export function createFirst(creations: readonly ProfileCreation[]): readonly string[] {
  const missing = creations.filter((creation) => !stands(creation));
  for (const creation of missing) make(creation);
  return missing.map(({ path }) => path);
}

function stands({ path, kind }: ProfileCreation): boolean {
  const stats = lstatSync(pathForNode(path), { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const right = kind === 'directory' ? stats.isDirectory() : stats.isFile();
  if (right) return true;
  const what = stats.isSymbolicLink() ? 'a symlink' : 'something else';
  throw new CommandError(
    `nothing was run: the profile wants a ${kind} at ${path}, and there is ${what}`,
  );
}

function make({ path, kind, mode }: ProfileCreation): void {
  try {
    if (kind === 'directory') {
      mkdirSync(pathForNode(path), { mode });
    } else {
      const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
      closeSync(openSync(pathForNode(path), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, mode));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`nothing was run: the ${kind} ${path} could not be made (${code})`);
  }
}

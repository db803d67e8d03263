import { type Stats, statSync } from 'node:fs';
import { hasFileCapabilities } from '../kernel/file-capabilities.js';
import { pathForNode, pathToBytes } from '../kernel/path-bytes.js';

/**
 * Whether a program would have run with other rights than those of who executes it, had it not been
 * for tracing: execve(2), capabilities(7).
 */
export function losesPrivileges(
  program: string,
  { user, group }: { readonly user: number; readonly group: number },
): boolean {
  const stats = statsOf(program);
  if (stats === undefined) return false;
  const otherUser = (stats.mode & 0o4000) !== 0 && stats.uid !== user;
  if (otherUser || ((stats.mode & 0o2000) !== 0 && stats.gid !== group)) return true;
  // Root has all capabilities with any program.
  return user !== 0 && hasFileCapabilities(pathToBytes(program));
}

/** Undefined too where we may not look: the target may have another user's rights. */
function statsOf(program: string): Stats | undefined {
  try {
    return statSync(pathForNode(program), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

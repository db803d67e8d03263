import { unnamed } from '../volatile-names.js';

/** What the kernel puts behind the path, in a descriptor's link, of what has lost its name. */
const deletedMark = ' (deleted)';

/** Whether a path that leads nowhere is a descriptor's link to what has no name any more. */
export function isLostName(path: string): boolean {
  return path.endsWith(deletedMark);
}

/**
 * The name that it had; for a file that never had one (O_TMPFILE), and for which the kernel shows a
 * number, what stands for all such files of its directory.
 */
export function onceNamed(path: string): string {
  const once = path.slice(0, -deletedMark.length);
  return unnamed(once) ?? once;
}

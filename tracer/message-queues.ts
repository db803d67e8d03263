import { readFileSync } from 'node:fs';
import { pathFromByteString } from '../kernel/path-bytes.js';

/**
 * Where the file system of POSIX message queues is mounted for a process (mq_overview(7)): the
 * kernel opens queues on a mount of its own, and asks Landlock for reading and writing, never for
 * making; a rule finds them only where the same file system has a path. Undefined without such a
 * mount: no rule can allow them then.
 */
export function messageQueues(process: number | 'self'): string | undefined {
  let mounts: string;
  try {
    mounts = readFileSync(`/proc/${process}/mountinfo`, 'latin1');
  } catch {
    return undefined;
  }
  const point = /^(?:\S+ ){3}\/ (\S+) .* - mqueue /m.exec(mounts)?.[1];
  return point === undefined ? undefined : pathFromByteString(unescaped(point));
}

/** Blanks and backslashes stand as three octal digits: proc_pid_mountinfo(5). */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

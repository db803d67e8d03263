import { bytesOf } from './bytes-of.js';

/** As much as the kernel ever writes there: `Groups` of 65,536 numbers is the longest line. */
const mostBytes = 1 << 20;
const usualBytes = 8192;

/**
 * A file of a process (or thread) in /proc that is made in one piece, such as `status` and `stat`:
 * proc_pid_status(5). Undefined when the process is gone, or may not be looked at.
 */
export function processFile(id: number, name: string): string | undefined {
  const path = `/proc/${id}/${name}`;
  const bytes = bytesOf(path, 0, usualBytes);
  // What fills the room may go on beyond it.
  const whole = bytes?.length === usualBytes ? bytesOf(path, 0, mostBytes) : bytes;
  return whole?.toString('latin1');
}

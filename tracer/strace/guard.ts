import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Stands by for the case that we are killed without a chance to clean up. strace would go on with
 * nobody to read its log, and without strace the calls that its filter stops would fail for ever,
 * since a filter cannot be taken off again: so the target, all of it, ends with us.
 *
 * A shell holds the other end of a pipe of ours: the pipe's end without a word means that we died.
 *
 * @returns what dismisses the guard, when strace has ended.
 */
export function guardAgainstOurDeath({ pid }: ChildProcess): () => Promise<void> {
  const guard = spawn('/bin/sh', ['-c', killTraced, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Keys of the terminal that end the target are not for the guard.
  });
  const gone = once(guard, 'close').catch(() => {});
  return async () => {
    guard.stdin.on('error', () => {}).end('dismissed\n');
    await gone;
  };
}

/** Each round kills what strace traces; what was forked meanwhile is found by the next one. */
const killTraced = `
read -r _ && exit
found=yes
while [ "$found" ]; do
  found=
  for status in /proc/[0-9]*/task/[0-9]*/status; do
    while read -r name value; do
      [ "$name" = TracerPid: ] || continue
      [ "$value" = "$1" ] && task=\${status%/status} && kill -KILL "\${task##*/}" && found=yes
      break
    done < "$status"
  done
done
kill -KILL "$1"`;

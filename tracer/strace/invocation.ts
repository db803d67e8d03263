import type { ResolvedCommand } from '../command.js';
import { opening, readings, spawning } from './calls/index.js';

/**
 * strace's arguments. `--seccomp-bpf`: the kernel stops the target at these calls alone.
 * `-I4`: strace leaves the terminal's signals to the target, Ctrl-Z included. `-xx`: names are
 * hexadecimal, so that no name can be mistaken for the log's own signs. `-yy`: descriptors say
 * where they lead, and sockets their protocol. strace finds the program along PATH once more, since
 * only so does the target get the argv[0] that it would have had.
 */
export function straceArguments(log: string, target: ResolvedCommand): readonly string[] {
  const calls = [...readings.keys(), ...spawning, ...opening].map((name) => `?${name}`).join(',');
  return [
    ...['-f', '--seccomp-bpf', '-I4', '-xx', '-yy', '-s', '256'],
    ...['-e', `trace=${calls}`, '-e', 'signal=none', '-o', log],
    ...['--', ...target.argv],
  ];
}

/** The oldest strace that has `--seccomp-bpf`. */
export const oldestStrace = [5, 3] as const;

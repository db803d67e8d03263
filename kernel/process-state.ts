import { readFileSync } from 'node:fs';
import { blockingStreams } from './blocking-streams.js';
import { ignoredByNodeAlone, inheritedOpenFiles } from './inherited.js';
import { checked, libc } from './libc.js';

const prctl = libc<[number, number, number, number, number], number>(
  'int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)',
);
const signal = libc<[number, number], bigint>('intptr_t signal(int number, intptr_t handler)');
const getrlimit = libc<[number, Buffer], number>('int getrlimit(int resource, void *limit)');
const setrlimit = libc<[number, Buffer], number>('int setrlimit(int resource, void *limit)');

const exitAtOnce = libc<[number], number>('void _exit(int status)');

const fcntl = libc<[number, number, number], number>('int fcntl(int fd, int command, long value)');

const PR_SET_NO_NEW_PRIVS = 38;
const SIG_DFL = 0;
const RLIMIT_NOFILE = 7;
const F_GETFL = 3;
const F_SETFL = 4;
const O_NONBLOCK = 0o4000;

/** Gives up, for ever, privileges gained by executing set-user-id programs. */
export function setNoNewPrivileges(): void {
  checked('prctl', prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

/** Undoes the dispositions that Node sets as it starts, and that an execve would pass on. */
export function restoreSignalDispositions(): void {
  for (const number of ignoredByNodeAlone()) checked('signal', signal(number, SIG_DFL));
}

/** Undoes that Node made standard streams non-blocking, which a target has as we do. */
export function restoreBlockingStreams(): void {
  for (const descriptor of blockingStreams()) {
    const flags = fcntl(descriptor, F_GETFL, 0);
    if (flags !== -1 && (flags & O_NONBLOCK) !== 0) fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
  }
}

/**
 * Undoes Node's raising of the soft limit of open files to the hard one. Where nobody told what it
 * was, that is not kept anywhere but in our parent, whose limit we would have had: so that is what
 * the target gets.
 */
export function restoreOpenFileLimit(): void {
  const limit = Buffer.alloc(16);
  checked('getrlimit', getrlimit(RLIMIT_NOFILE, limit));
  const soft = inheritedOpenFiles() ?? parentsSoftLimit(limit.readBigUInt64LE(8));
  if (soft === undefined || limit.readBigUInt64LE(0) <= soft) return;
  limit.writeBigUInt64LE(soft, 0);
  checked('setrlimit', setrlimit(RLIMIT_NOFILE, limit));
}

/** Undefined where our parent's hard limit is another: then its soft one is none of ours. */
function parentsSoftLimit(ownHard: bigint): bigint | undefined {
  try {
    const limits = readFileSync(`/proc/${process.ppid}/limits`, 'latin1');
    const [, soft, hard] = /^Max open files\s+(\d+)\s+(\d+)/m.exec(limits) ?? [];
    return soft !== undefined && hard === String(ownHard) ? BigInt(soft) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends the process without Node's farewell, which aborts when the terminal that it wants to put in
 * order has gone away. Everything has to be written by then.
 */
export function exitWithoutFarewell(status: number): never {
  exitAtOnce(status);
  throw new Error('_exit returned');
}

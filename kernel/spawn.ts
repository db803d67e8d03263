import { errorName, libc, SystemCallError } from './libc.js';
import { StringTable } from './string-table.js';

const posixSpawn = libc<[Buffer, Buffer, Buffer, Buffer, Buffer, Buffer], number>(
  'int posix_spawn(void *pid, void *path, void *actions, void *attributes, void *argv, void *envp)',
);
const actionsInit = libc<[Buffer], number>('int posix_spawn_file_actions_init(void *actions)');
const actionsDestroy = libc<[Buffer], number>(
  'int posix_spawn_file_actions_destroy(void *actions)',
);
const addDuplicate = libc<[Buffer, number, number], number>(
  'int posix_spawn_file_actions_adddup2(void *actions, int fd, int newfd)',
);
const addClose = libc<[Buffer, number], number>(
  'int posix_spawn_file_actions_addclose(void *actions, int fd)',
);
const attributesInit = libc<[Buffer], number>('int posix_spawnattr_init(void *attributes)');
const setFlags = libc<[Buffer, number], number>(
  'int posix_spawnattr_setflags(void *attributes, short flags)',
);
const setSignalDefault = libc<[Buffer, Buffer], number>(
  'int posix_spawnattr_setsigdefault(void *attributes, void *set)',
);
const setSignalMask = libc<[Buffer, Buffer], number>(
  'int posix_spawnattr_setsigmask(void *attributes, void *set)',
);
const waitpid = libc<[number, Buffer, number], number>(
  'int waitpid(int pid, void *status, int options)',
);

// <spawn.h> of glibc and musl alike.
const POSIX_SPAWN_SETSIGDEF = 4;
const POSIX_SPAWN_SETSIGMASK = 8;
const POSIX_SPAWN_SETSID = 0x80;
const WUNTRACED = 2;
/** Of glibc, which leaves them ignored in what it spawns: sysdeps/unix/sysv/linux/spawni.c. */
const internal = [32, 33];
/** More than sizeof(posix_spawnattr_t), sizeof(posix_spawn_file_actions_t), sizeof(sigset_t). */
const attributesSize = 512;
const actionsSize = 256;
const signalSetSize = 128;

export interface SpawnedProgram {
  readonly path: Buffer;
  readonly argv: readonly Buffer[];
  readonly environment: readonly Buffer[];
  /** Blocked signals, as a bit mask: bit 0 is signal 1. */
  readonly signalMask: bigint;
  /** Numbers of signals that we ignore, and it must not. */
  readonly heeded: readonly number[];
  /** Descriptors that are closed even before the execve, which may take its time. */
  readonly closed?: readonly number[];
  /** Descriptors of ours that it gets as 0, 1 and 2, in a session of its own; else it has ours. */
  readonly streams?: readonly [number, number, number] | undefined;
}

/**
 * Starts a program from the calling thread, whose filters and restrictions it inherits, with all
 * descriptors that are not close-on-exec.
 *
 * @returns its process id. @throws SystemCallError as the execve failed.
 */
export function spawnProgram(program: SpawnedProgram): number {
  const attributes = Buffer.alloc(attributesSize);
  attributesInit(attributes);
  const session = program.streams === undefined ? 0 : POSIX_SPAWN_SETSID;
  setFlags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | session);
  setSignalDefault(attributes, signalSet(maskOf([...program.heeded, ...internal])));
  setSignalMask(attributes, signalSet(program.signalMask));
  const actions = Buffer.alloc(actionsSize);
  actionsInit(actions);
  for (const [number, own] of (program.streams ?? []).entries()) addDuplicate(actions, own, number);
  for (const descriptor of program.closed ?? []) addClose(actions, descriptor);
  const pid = Buffer.alloc(4);
  const path = Buffer.concat([program.path, Buffer.alloc(1)]);
  const argv = new StringTable(program.argv);
  const environment = new StringTable(program.environment);
  const code = posixSpawn(pid, path, actions, attributes, argv.table, environment.table);
  actionsDestroy(actions);
  if (code !== 0) throw new SystemCallError('posix_spawn', errorName(code));
  return pid.readInt32LE(0);
}

/** What became of a child: it ended, by itself or by a signal, or it was stopped by one. */
export type ChildChange =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: number }
  | { readonly kind: 'stopped'; readonly signal: number };

/** The next change of a child. Blocks the calling thread until it comes. */
export function waitForChange(pid: number): ChildChange {
  const result = Buffer.alloc(4);
  while (waitpid(pid, result, WUNTRACED) === -1);
  const word = result.readInt32LE(0);
  // <bits/waitstatus.h>
  const high = (word >> 8) & 0xff;
  if ((word & 0xff) === 0x7f) return { kind: 'stopped', signal: high };
  const signal = word & 0x7f;
  return signal === 0 ? { kind: 'exited', status: high } : { kind: 'killed', signal };
}

function maskOf(numbers: readonly number[]): bigint {
  return numbers.reduce((mask, number) => mask | (1n << BigInt(number - 1)), 0n);
}

function signalSet(mask: bigint): Buffer {
  const set = Buffer.alloc(signalSetSize);
  set.writeBigUInt64LE(mask, 0);
  return set;
}

import type { Call } from 'strace-parser';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';
import { readDeviceIoctl, readTruncate } from './descriptors.js';
import { readExecute } from './execute.js';
import { readAddRule, readCreateRuleset, readRestrictSelf } from './landlock.js';
import { readMessageQueue } from './message-queues.js';
import { readLink, readRename } from './move.js';
import { readMake, readRemove, readSought } from './names.js';
import { readLookup, readOpen } from './open.js';
import { readChangeDirectory, readNamespace, readSeccomp } from './processes.js';
import { readSignal } from './signals.js';
import { readBind, readConnect, readSend } from './sockets.js';

/** How a call is read, and which of its failures come after Landlock was asked. */
export interface Reading {
  readonly read: (scene: Scene, thread: TracedThread, call: Call) => void;
  /**
   * Errors with which the call fails only after Landlock's hook has let it pass: under a domain
   * without the right it would fail with another one. All other failures come before, and ask for
   * nothing. `all`: the hook comes first whatever the end.
   */
  readonly checkedThenFailed: ReadonlySet<string> | 'all';
  /** How the call is read where it fails with ENOENT, which asks for nothing. */
  readonly readMissing?: Reading['read'];
}

const openingFailures = new Set(
  'ENXIO ENODEV EBUSY EINTR EINVAL EIO ENOMEM ENOSPC EDQUOT EOVERFLOW EWOULDBLOCK EAGAIN'.split(
    ' ',
  ),
);
const executing = new Set(['ENOEXEC', 'ELIBBAD', 'ETXTBSY', 'E2BIG', 'ENOMEM', 'EINVAL']);
const making = new Set(['EPERM', 'ENOSPC', 'EDQUOT', 'EMLINK', 'EIO', 'ENOMEM', 'EINVAL']);
const removing = new Set(['EPERM', 'EBUSY', 'EISDIR', 'EIO']);
const removingDirectory = new Set(['EPERM', 'ENOTEMPTY', 'EBUSY', 'ENOTDIR', 'EIO']);
const moving = new Set('EPERM ENOTEMPTY EISDIR ENOTDIR EBUSY ENOSPC EDQUOT EMLINK'.split(' '));
const linking = new Set(['ENOSPC', 'EDQUOT', 'EMLINK', 'EIO']);
const none = new Set<string>();
// The kernel looks at the descriptor and the address before it asks anyone.
const sending = new Set('ECONNREFUSED EAGAIN EMSGSIZE ENETUNREACH EHOSTUNREACH EPIPE'.split(' '));

/** Every call that Landlock hooks, and those that say what paths mean. */
export const readings: ReadonlyMap<string, Reading> = new Map([
  ...together(readOpen, openingFailures, 'open openat openat2 creat open_by_handle_at', readLookup),
  ...together(readMessageQueue, none, 'mq_open'),
  ...together(readExecute, executing, 'execve execveat'),
  ...together(readMake, making, 'mkdir mkdirat mknod mknodat symlink symlinkat'),
  ...together(readRemove, removing, 'unlink', readSought),
  ...together(readRemove, removingDirectory, 'rmdir', readSought),
  ...together(readRemove, new Set([...removing, ...removingDirectory]), 'unlinkat', readSought),
  ...together(readRename, moving, 'rename renameat renameat2'),
  ...together(readLink, linking, 'link linkat'),
  ...together(readTruncate, none, 'truncate ftruncate'),
  ...together(readDeviceIoctl, 'all', 'ioctl'),
  ...together(readBind, new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EINVAL']), 'bind'),
  ...together(readConnect, connecting(), 'connect'),
  ...together(readSend, sending, 'sendto sendmsg sendmmsg'),
  ...together(readSignal, none, `kill tkill tgkill ${queueing()} pidfd_send_signal`),
  ...together(readChangeDirectory, none, 'chdir fchdir'),
  ...together(readNamespace, none, 'unshare setns chroot'),
  ...together(readTopology, none, 'mount umount umount2 move_mount pivot_root'),
  ...together(readSeccomp, none, 'seccomp'),
  ...together(readIoUring, none, 'io_uring_setup'),
  ...together(readCreateRuleset, none, 'landlock_create_ruleset'),
  ...together(readAddRule, none, 'landlock_add_rule'),
  ...together(readRestrictSelf, none, 'landlock_restrict_self'),
]);

/**
 * The first calls of nearly every program, by glibc (brk) and by musl and Go (the others). When a
 * thread other than the first executes a program, strace with `--seccomp-bpf` loses the first call
 * it stops at; so it is to stop at these, of which none asks for anything.
 */
export const opening: ReadonlySet<string> = new Set(['brk', 'arch_prctl', 'set_tid_address']);

/** Calls that make a thread; they are read before their children's calls can be. */
export const spawning: ReadonlySet<string> = new Set(['clone', 'clone3', 'fork', 'vfork']);

function together(
  read: Reading['read'],
  checkedThenFailed: Reading['checkedThenFailed'],
  names: string,
  readMissing?: Reading['read'],
): (readonly [string, Reading])[] {
  const reading = { read, checkedThenFailed, ...(readMissing && { readMissing }) };
  return names.split(' ').map((name) => [name, reading] as const);
}

function connecting(): ReadonlySet<string> {
  return new Set(
    `ECONNREFUSED EINPROGRESS ETIMEDOUT ENETUNREACH EHOSTUNREACH ECONNRESET EINTR EALREADY EISCONN
     EADDRNOTAVAIL EHOSTDOWN ENETDOWN`.split(/\s+/),
  );
}

function queueing(): string {
  return 'rt_sigqueueinfo rt_tgsigqueueinfo';
}

function readTopology(scene: Scene, thread: TracedThread, call: Call): void {
  scene.record(thread, call, { kind: 'change-topology', call: call.name });
}

function readIoUring(scene: Scene, thread: TracedThread): void {
  scene.gap('io-uring', thread.image.executable);
}

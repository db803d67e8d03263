import type { SyscallName } from '../../../kernel/syscall-numbers.js';
import type { AskedCall } from '../asked-call.js';
import { namespacesOfNames } from '../filter.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';
import { askedIoctl, askedTruncate } from './descriptors.js';
import { askedExecute } from './execute.js';
import { askedIoUring } from './io-uring.js';
import { askedLink, askedRename } from './move.js';
import { askedMake, askedRemove } from './names.js';
import { askedOpen, askedOpenByHandle } from './open.js';
import { askedSignal } from './signals.js';
import { askedBind, askedConnect, askedSend } from './sockets.js';

/** Notes what a call asks for. */
export type Reader = (
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: SyscallName,
) => void;

/** How each of the notified calls is read. */
export const readers: Readonly<Record<SyscallName, Reader>> = {
  open: askedOpen,
  openat: askedOpen,
  openat2: askedOpen,
  creat: askedOpen,
  open_by_handle_at: askedOpenByHandle,
  execve: askedExecute,
  execveat: askedExecute,
  clone: entersNamespace,
  clone3: startsProcess,
  setuid: changesUser,
  setgid: changesUser,
  setreuid: changesUser,
  setregid: changesUser,
  setresuid: changesUser,
  setresgid: changesUser,
  setgroups: changesUser,
  setfsuid: changesUser,
  setfsgid: changesUser,
  truncate: askedTruncate,
  ftruncate: askedTruncate,
  mkdir: askedMake,
  mkdirat: askedMake,
  mknod: askedMake,
  mknodat: askedMake,
  symlink: askedMake,
  symlinkat: askedMake,
  unlink: askedRemove,
  unlinkat: askedRemove,
  rmdir: askedRemove,
  rename: askedRename,
  renameat: askedRename,
  renameat2: askedRename,
  link: askedLink,
  linkat: askedLink,
  ioctl: askedIoctl,
  bind: askedBind,
  connect: askedConnect,
  sendto: askedSend,
  sendmsg: askedSend,
  sendmmsg: askedSend,
  kill: askedSignal,
  tkill: askedSignal,
  tgkill: askedSignal,
  rt_sigqueueinfo: askedSignal,
  rt_tgsigqueueinfo: askedSignal,
  pidfd_send_signal: askedSignal,
  mount: changesTopology,
  umount2: changesTopology,
  move_mount: changesTopology,
  pivot_root: changesTopology,
  chroot: entersNamespace,
  unshare: entersNamespace,
  setns: entersNamespace,
  io_uring_setup: askedIoUring,
  seccomp: filtersItself,
  landlock_restrict_self: (observer, thread) => observer.gap('own-domain', thread.executable),
};

function changesTopology(observer: Observer, thread: Thread, _: AskedCall, call: string): void {
  observer.namesChange();
  observer.record(thread, call, { kind: 'change-topology', call });
}

function entersNamespace(observer: Observer, thread: Thread, _: AskedCall, call: string): void {
  observer.namesChange();
  observer.gap('namespace', `${thread.executable} called ${call}`);
  observer.threads.forget(thread.process);
}

/** What plain permissions allow from now on is another matter. */
function changesUser(observer: Observer, thread: Thread): void {
  observer.threads.forget(thread.process);
}

/** clone3(2): the first word of struct clone_args holds the flags. */
function startsProcess(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  const flags = call.bytes(0, 8)?.readUInt32LE(0) ?? 0;
  if ((flags & namespacesOfNames) !== 0) entersNamespace(observer, thread, call, name);
}

const SECCOMP_SET_MODE_FILTER = 1;
const FLAG_NEW_LISTENER = 1 << 3;

/** Filters add up, and ours stays in force; but there can be only one listener, which is us. */
function filtersItself(observer: Observer, thread: Thread, call: AskedCall): void {
  const listens =
    call.unsigned(0) === SECCOMP_SET_MODE_FILTER && (call.unsigned(1) & FLAG_NEW_LISTENER) !== 0;
  if (listens) observer.gap('own-listener', thread.executable);
}

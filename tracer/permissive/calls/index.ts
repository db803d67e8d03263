import type { SyscallName } from '../../../kernel/syscall-numbers.js';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';
import { askedIoctl, askedTruncate } from './descriptors.js';
import { askedExecute } from './execute.js';
import { askedIoUring } from './io-uring.js';
import { askedAddRule, askedCreateRuleset, askedRestrictSelf } from './landlock.js';
import { askedMessageQueue } from './message-queues.js';
import { askedLink, askedRename } from './move.js';
import { askedMake, askedRemove } from './names.js';
import { askedChroot, askedClone, askedClone3, askedSetns } from './namespaces.js';
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
  clone: askedClone,
  clone3: askedClone3,
  setuid: changesUser,
  setgid: changesUser,
  setreuid: changesUser,
  setregid: changesUser,
  setresuid: changesUser,
  setresgid: changesUser,
  setgroups: changesUser,
  setfsuid: changesUser,
  setfsgid: changesUser,
  capset: changesUser,
  mq_open: askedMessageQueue,
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
  chroot: askedChroot,
  unshare: askedClone,
  setns: askedSetns,
  io_uring_setup: askedIoUring,
  seccomp: filtersItself,
  landlock_create_ruleset: askedCreateRuleset,
  landlock_add_rule: askedAddRule,
  landlock_restrict_self: askedRestrictSelf,
};

function changesTopology(observer: Observer, thread: Thread, _: AskedCall, call: string): void {
  if (call === 'pivot_root') observer.part();
  else observer.namesChange();
  observer.record(thread, call, { kind: 'change-topology', call });
}

/** What plain permissions allow from now on is another matter. */
function changesUser(observer: Observer, thread: Thread): void {
  observer.threads.forget(thread);
}

const SECCOMP_SET_MODE_FILTER = 1;
const FLAG_NEW_LISTENER = 1 << 3;

/** Filters add up, and ours stays in force; but there can be only one listener, which is us. */
function filtersItself(observer: Observer, thread: Thread, call: AskedCall): void {
  const listens =
    call.unsigned(0) === SECCOMP_SET_MODE_FILTER && (call.unsigned(1) & FLAG_NEW_LISTENER) !== 0;
  if (listens) observer.gap('own-listener', thread.executable);
}

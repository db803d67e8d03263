import { addressOf } from '../../../kernel/libc.js';
import type { Peers } from './peers.js';
import type { Attempt } from './perform.js';
import type { Call } from './scenario.js';
import { AT_FDCWD, system, text, withDescriptor } from './syscalls.js';

/** The calls that reach other processes, and those that change what is mounted where. */
export function performOnProcess(root: string, call: Call, peers: Peers): Attempt | undefined {
  const at = (path: string) => text(`${root}/${path}`);
  switch (call[0]) {
    case 'signal':
      return () => system.kill(peers.process(call[1]), 0);
    case 'signal-group':
      return () => system.kill(-peers.process(call[1]), 0);
    case 'pidfd-signal':
      return () => {
        const pidfd = system.syscall(pidfdOpen, peers.process(call[1]), null, 0, null, 0);
        withDescriptor(pidfd, () => system.syscall(pidfdSendSignal, pidfd, null, 0, null, 0));
      };
    case 'signal-self':
      return () => system.kill(system.getpid(), 0);
    case 'trace':
      return () => {
        system.ptrace(PTRACE_SEIZE, peers.process(call[1]), null, null);
        letGo(peers.process(call[1]));
      };
    case 'read-memory':
      return () => readMemory(peers.process(call[1]));
    case 'bind-mount':
      return () => system.mount(at(call[1]), at(call[2]), null, MS_BIND, null);
    case 'overlay-mount': {
      const [, lower, upper, work, merged] = call;
      const options = `lowerdir=${root}/${lower},upperdir=${root}/${upper},workdir=${root}/${work}`;
      return () => system.mount(text('overlay'), at(merged), text('overlay'), 0, text(options));
    }
    case 'mount':
      return () => system.mount(text('tmpfs'), at(call[1]), text('tmpfs'), 0, null);
    case 'unmount':
      return () => system.umount2(at(call[1]), MNT_DETACH);
    case 'remount':
      return () => system.mount(null, at(call[1]), null, MS_REMOUNT | MS_BIND | MS_RDONLY, null);
    case 'pivot-root':
      return () => system.pivot_root(at(call[1]), at(call[1]));
    case 'move-mount': {
      const cloned = system.syscall(openTree, AT_FDCWD, at(call[1]), OPEN_TREE_CLONE, null, 0);
      return () =>
        system.syscall(moveMount, cloned, text(''), AT_FDCWD, at(call[1]), MOVE_MOUNT_F_EMPTY_PATH);
    }
    default:
      return undefined;
  }
}

// The same numbers on every architecture: include/uapi/asm-generic/unistd.h.
const pidfdSendSignal = 424;
const openTree = 428;
const moveMount = 429;
const pidfdOpen = 434;
const PTRACE_SEIZE = 0x4206;
const PTRACE_INTERRUPT = 0x4207;
const PTRACE_DETACH = 17;
const MS_RDONLY = 1;
const MS_REMOUNT = 32;
const MS_BIND = 4096;
const MNT_DETACH = 2;
const OPEN_TREE_CLONE = 1;
const MOVE_MOUNT_F_EMPTY_PATH = 4;

function letGo(traced: number): void {
  system.ptrace(PTRACE_INTERRUPT, traced, null, null);
  system.waitpid(traced, null, 0);
  system.ptrace(PTRACE_DETACH, traced, null, null);
}

/** process_vm_readv(2), of a byte that both have at the same address: one is the other's fork. */
function readMemory(of: number): void {
  const ours = Buffer.alloc(16);
  ours.writeBigUInt64LE(addressOf(copiedByte), 0);
  ours.writeBigUInt64LE(1n, 8);
  const theirs = Buffer.alloc(16);
  theirs.writeBigUInt64LE(addressOf(sharedByte), 0);
  theirs.writeBigUInt64LE(1n, 8);
  system.process_vm_readv(of, ours, 1, theirs, 1, 0);
}

const sharedByte = Buffer.alloc(8);
const copiedByte = Buffer.alloc(8);

import { writeSync } from 'node:fs';
import { tinyProgram } from './elf.js';
import { openFlags, renameFlags, requestNamed } from './flags.js';
import type { Peers } from './peers.js';
import { performOnProcess } from './perform-process.js';
import { performOnSocket } from './perform-socket.js';
import { performUnrestricted } from './perform-unrestricted.js';
import type { Call, NodeKind } from './scenario.js';
import { spawnEnd } from './spawn-end.js';
import { AT_FDCWD, system, text, withDescriptor } from './syscalls.js';

/** Does a call in a tree. @throws SystemCallError as the kernel refuses it. */
export type Attempt = () => void;

/**
 * Does of a call what has to be done outside the domain, such as opening what is inherited.
 *
 * @returns what remains to be tried inside.
 */
export function arrange(root: string, call: Call, peers: Peers): Attempt {
  const at = (path: string) => text(`${root}/${path}`);
  switch (call[0]) {
    case 'open':
      return () => opened(at(call[1]), call[2]);
    case 'open-in': {
      const directory = system.open(at(call[1]), O_PATH, 0);
      const flags = withoutWaiting(openFlags(call[3]));
      return () => system.close(system.openat(directory, text(call[2]), flags, 0o644));
    }
    case 'open-again': {
      const fd = system.open(at(call[1]), withoutWaiting(openFlags(call[2])), 0);
      return () => opened(text(`/proc/self/fd/${fd}`), call[3]);
    }
    case 'open-removed': {
      const fd = system.open(at(call[1]), O_PATH, 0);
      system.unlink(at(call[1]));
      return () => opened(text(`/proc/self/fd/${fd}`), call[2]);
    }
    case 'open-by-handle':
      return openByHandle(root, at(call[1]), call[2]);
    case 'open-memory': {
      const fd = system.memfd_create(text('memory'), 0);
      return () => opened(text(`/proc/self/fd/${fd}`), call[1]);
    }
    case 'truncate':
      return () => system.truncate(at(call[1]), 0);
    case 'ftruncate':
      return () => {
        const fd = system.open(at(call[1]), withoutWaiting(openFlags(call[2])), 0o644);
        withDescriptor(fd, () => system.ftruncate(fd, 0));
      };
    case 'ftruncate-opened': {
      const fd = system.open(at(call[1]), openFlags('O_RDWR'), 0);
      return () => system.ftruncate(fd, 0);
    }
    case 'ioctl':
      return () => {
        const fd = system.open(at(call[1]), withoutWaiting(0), 0);
        withDescriptor(fd, () => requested(fd, call[2]));
      };
    case 'ioctl-opened': {
      const fd = system.open(at(call[1]), 0, 0);
      return () => requested(fd, call[2]);
    }
    case 'execute':
      return () => spawnEnd((argv, env) => system.execve(at(call[1]), argv, env));
    case 'execute-opened': {
      const fd = system.open(at(call[1]), O_PATH, 0);
      return () => spawnEnd((argv, env) => system.fexecve(fd, argv, env));
    }
    case 'execute-memory': {
      const fd = system.memfd_create(text('memory'), 0);
      writeSync(fd, tinyProgram());
      return () => spawnEnd((argv, env) => system.fexecve(fd, argv, env));
    }
    case 'mkdir':
      return () => system.mkdir(at(call[1]), 0o755);
    case 'mknod': {
      const [, path, kind] = call;
      return () => system.mknod(at(path), nodeModes[kind] | 0o755, nodeDevices[kind] ?? 0n);
    }
    case 'symlink':
      return () => system.symlink(text(call[2]), at(call[1]));
    case 'unlink':
      return () => system.unlink(at(call[1]));
    case 'rmdir':
      return () => system.rmdir(at(call[1]));
    case 'rename': {
      const [, from, to, words = ''] = call;
      const flags = words.split('|').reduce((all, word) => all | (renameFlags[word] ?? 0), 0);
      return () => system.renameat2(AT_FDCWD, at(from), AT_FDCWD, at(to), flags);
    }
    case 'link':
    case 'link-followed': {
      const flags = call[0] === 'link' ? 0 : AT_SYMLINK_FOLLOW;
      return () => system.linkat(AT_FDCWD, at(call[1]), AT_FDCWD, at(call[2]), flags);
    }
    case 'link-unnamed': {
      const fd = system.open(at(call[1]), openFlags('O_TMPFILE|O_RDWR'), 0o644);
      return () => system.linkat(fd, text(''), AT_FDCWD, at(call[2]), AT_EMPTY_PATH);
    }
    default:
      return (
        performOnSocket(root, call, peers) ??
        performOnProcess(root, call, peers) ??
        performUnrestricted(root, call)
      );
  }
}

const O_PATH = 0o10000000;
const AT_SYMLINK_FOLLOW = 0x400;
const AT_EMPTY_PATH = 0x1000;

const nodeModes: Readonly<Record<NodeKind, number>> = {
  regular: 0o100000,
  fifo: 0o010000,
  socket: 0o140000,
  'char-device': 0o020000,
  'block-device': 0o060000,
  whiteout: 0o020000,
};

/** The numbers of /dev/null, and of no block device that there is. */
const nodeDevices: Readonly<Partial<Record<NodeKind, bigint>>> = {
  'char-device': 0x103n,
  'block-device': 0xfe00n,
};

function opened(path: Buffer, words: string): void {
  system.close(system.open(path, withoutWaiting(openFlags(words)), 0o644));
}

/** A fifo's opening would wait for the other end. */
function withoutWaiting(flags: number): number {
  return (flags & O_PATH) === 0 ? flags | 0o4000 : flags;
}

function requested(fd: number, name: string): void {
  system.ioctl(fd, BigInt(requestNamed(name).number), Buffer.alloc(256));
}

/** struct file_handle: the size of what follows, a type, and bytes that the file system knows. */
function openByHandle(root: string, path: Buffer, words: string): Attempt {
  const handle = Buffer.alloc(8 + 128);
  handle.writeUInt32LE(128, 0);
  const directory = system.open(text(root), 0, 0);
  system.name_to_handle_at(AT_FDCWD, path, handle, Buffer.alloc(4), AT_SYMLINK_FOLLOW);
  return () => {
    const flags = withoutWaiting(openFlags(words));
    system.close(system.open_by_handle_at(directory, handle, flags));
  };
}

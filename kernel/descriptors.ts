import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { checked, libc } from './libc.js';

const pipe2 = libc<[Buffer, number], number>('int pipe2(void *descriptors, int flags)');
const fcntl = libc<[number, number, number], number>('int fcntl(int fd, int command, long value)');
const closeDescriptor = libc<[number], number>('int close(int fd)');

const F_SETFD = 2;
const O_CLOEXEC = 0o2000000;
const O_NONBLOCK = 0o4000;

/** A pipe whose ends do not survive an execve. */
export function openPipe(): { readonly read: number; readonly write: number } {
  const ends = Buffer.alloc(8);
  checked('pipe2', pipe2(ends, O_CLOEXEC));
  return { read: ends.readInt32LE(0), write: ends.readInt32LE(4) };
}

export function closeFd(descriptor: number): void {
  checked('close', closeDescriptor(descriptor));
}

/** Lets a descriptor survive execve. */
export function keepOnExec(descriptor: number): void {
  checked('fcntl', fcntl(descriptor, F_SETFD, 0));
}

/**
 * The descriptors above 2 that our caller handed us, for the target to have as well (a make
 * jobserver, a shell's `<(…)`, `3<file`). Call it before anything is opened.
 *
 * Node marks all of them close-on-exec as it starts, and opens some of its own: those are its
 * anonymous inodes, and non-blocking pipes of which it holds both ends.
 */
export function inheritedDescriptors(): readonly number[] {
  const open = openDescriptors();
  const ends = new Map<string, number>();
  for (const { target } of open) ends.set(target, (ends.get(target) ?? 0) + 1);
  return open
    .filter(({ number, target, flags }) => {
      if (number <= 2 || target.startsWith('anon_inode:')) return false;
      const ownPipe =
        target.startsWith('pipe:') && (flags & O_NONBLOCK) !== 0 && (ends.get(target) ?? 0) > 1;
      return !ownPipe;
    })
    .map(({ number }) => number);
}

interface OpenDescriptor {
  readonly number: number;
  readonly target: string;
  readonly flags: number;
}

function openDescriptors(): OpenDescriptor[] {
  const found: OpenDescriptor[] = [];
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      const info = readFileSync(`/proc/self/fdinfo/${name}`, 'latin1');
      const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8);
      found.push({ number: Number(name), target, flags });
    } catch {
      // The descriptor that listed the directory: it is closed by now.
    }
  }
  return found.sort((one, other) => one.number - other.number);
}

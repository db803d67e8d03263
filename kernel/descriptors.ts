import { checked, libc } from './libc.js';

const pipe2 = libc<[Buffer, number], number>('int pipe2(void *descriptors, int flags)');
const fcntl = libc<[number, number, number], number>('int fcntl(int fd, int command, long value)');
const closeDescriptor = libc<[number], number>('int close(int fd)');

const F_SETFD = 2;
const F_SETPIPE_SZ = 1031;
const O_CLOEXEC = 0o2000000;
const O_NONBLOCK = 0o4000;

/** A pipe whose ends do not survive an execve, and on which nothing waits. */
export function openPipe(): { readonly read: number; readonly write: number } {
  const ends = Buffer.alloc(8);
  checked('pipe2', pipe2(ends, O_CLOEXEC | O_NONBLOCK));
  return { read: ends.readInt32LE(0), write: ends.readInt32LE(4) };
}

/** Lets a pipe hold up to `capacity` bytes, or what it could before where that is not allowed. */
export function widenPipe(descriptor: number, capacity: number): void {
  fcntl(descriptor, F_SETPIPE_SZ, capacity);
}

export function closeFd(descriptor: number): void {
  checked('close', closeDescriptor(descriptor));
}

/** Lets a descriptor survive execve. */
export function keepOnExec(descriptor: number): void {
  checked('fcntl', fcntl(descriptor, F_SETFD, 0));
}

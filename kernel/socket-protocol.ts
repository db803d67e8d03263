import { closeFd } from './descriptors.js';
import { libc } from './libc.js';
import { SOL_SOCKET } from './sockets.js';

const syscall = libc<[number, number, number, number], number>(
  'long syscall(long number, long a, long b, long c)',
);
const getsockopt = libc<[number, number, number, Buffer, Buffer], number>(
  'int getsockopt(int fd, int level, int option, void *value, void *length)',
);

// The same numbers on every architecture: include/uapi/asm-generic/unistd.h.
const pidfd_open = 434;
const pidfd_getfd = 438;

const SO_PROTOCOL = 38;

/**
 * The IPPROTO_* number of a socket that another process holds: its descriptor is borrowed for a
 * moment (pidfd_getfd(2), Linux 5.6).
 *
 * @returns undefined when it may not be borrowed, or is no socket.
 */
export function socketProtocol(process: number, descriptor: number): number | undefined {
  const owner = syscall(pidfd_open, process, 0, 0);
  if (owner < 0) return undefined;
  const borrowed = syscall(pidfd_getfd, owner, descriptor, 0);
  closeFd(owner);
  if (borrowed < 0) return undefined;
  const value = Buffer.alloc(4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(4);
  const result = getsockopt(borrowed, SOL_SOCKET, SO_PROTOCOL, value, length);
  closeFd(borrowed);
  return result === 0 ? value.readInt32LE(0) : undefined;
}

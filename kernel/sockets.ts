import { checked, lastError, libc, SystemCallError } from './libc.js';

const socket = libc<[number, number, number], number>('int socket(int family, int type, int of)');
const setsockopt = libc<[number, number, number, Buffer, number], number>(
  'int setsockopt(int fd, int level, int option, void *value, unsigned int n)',
);
const recv = libc<[number, Buffer, number, number], number>(
  'long recv(int fd, void *bytes, size_t length, int flags)',
);

/** A socket that no program inherits. @throws SystemCallError where there may be none. */
export function openSocket(family: number, type: number, protocol: number): number {
  return checked('socket', socket(family, type | SOCK_CLOEXEC, protocol));
}

/** @throws SystemCallError where a socket does not take it. */
export function setSocketOption(descriptor: number, option: number, value: Buffer): void {
  checked('setsockopt', setsockopt(descriptor, SOL_SOCKET, option, value, value.length));
}

/**
 * The next message of a socket. A signal that is handled meanwhile cuts the wait short where the
 * socket has a timeout (signal(7)), whatever its handler asks for: then it is waited for anew.
 *
 * @throws SystemCallError EAGAIN where none came in the socket's time, or none is there.
 */
export function receivedMessage(descriptor: number, into: Buffer, flags = 0): Buffer {
  for (;;) {
    const length = recv(descriptor, into, into.length, flags);
    if (length >= 0) return into.subarray(0, length);
    const code = lastError();
    if (code !== 'EINTR') throw new SystemCallError('recv', code);
  }
}

export const SOL_SOCKET = 1;

const SOCK_CLOEXEC = 0o2000000;

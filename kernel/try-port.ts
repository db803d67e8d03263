import { closeFd } from './descriptors.js';
import { lastError, libc } from './libc.js';
import { openSocket } from './sockets.js';

const connect = libc<[number, Buffer, number], number>(
  'int connect(int fd, void *address, unsigned int n)',
);
const bind = libc<[number, Buffer, number], number>(
  'int bind(int fd, void *address, unsigned int n)',
);

export type Protocol = 'tcp' | 'udp';

/**
 * Asks for a connection that cannot come about, so that nobody is disturbed: no TCP connection is
 * made to a group's address (tcp_v4_connect), and for UDP nothing is sent. Security modules are
 * asked before that.
 *
 * @returns the error's name; `ok` where there was none.
 */
export function tryConnect(protocol: Protocol, port: number): string {
  return tried(protocol, (descriptor) => connect(descriptor, address(allHosts, port), length));
}

/**
 * Asks for a port at an address that is not this machine's (EADDRNOTAVAIL; 192.0.2.1 is for
 * documentation, RFC 5737). Security modules are asked before that.
 *
 * @returns the error's name; `ok` where there was none.
 */
export function tryBind(protocol: Protocol, port: number): string {
  return tried(protocol, (descriptor) => bind(descriptor, address(nowhere, port), length));
}

const allHosts = [224, 0, 0, 1];
const nowhere = [192, 0, 2, 1];
const length = 16;
const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;

function tried(protocol: Protocol, act: (descriptor: number) => number): string {
  const type = (protocol === 'tcp' ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK;
  const descriptor = openSocket(AF_INET, type, 0);
  try {
    return act(descriptor) === 0 ? 'ok' : lastError();
  } finally {
    closeFd(descriptor);
  }
}

/** struct sockaddr_in. */
function address(host: readonly number[], port: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(host, 4);
  return bytes;
}

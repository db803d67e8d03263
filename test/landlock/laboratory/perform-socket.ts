import { AF_UNIX, type Peers, SOCK_DGRAM, SOCK_STREAM, unixAddress } from './peers.js';
import type { Attempt } from './perform.js';
import type { Call, Protocol } from './scenario.js';
import { system, withDescriptor } from './syscalls.js';

/** The calls of sockets; undefined of any other. */
export function performOnSocket(root: string, call: Call, peers: Peers): Attempt | undefined {
  switch (call[0]) {
    case 'bind-path':
      return () => {
        withSocket(AF_UNIX, SOCK_STREAM, 0, (fd) => bound(fd, unixAddress(`${root}/${call[1]}`)));
      };
    case 'connect-path':
    case 'send-path':
      return toPath(`${root}/${call[1]}`, call[0] === 'send-path');
    case 'connect-abstract':
    case 'connect-peer':
      return () => {
        withSocket(AF_UNIX, SOCK_STREAM, 0, (fd) =>
          connected(fd, unixAddress(peers.stream(call[1]))),
        );
      };
    case 'send-abstract':
    case 'send-peer':
      return () => {
        withSocket(AF_UNIX, SOCK_DGRAM, 0, (fd) => sent(fd, unixAddress(peers.datagram(call[1]))));
      };
    case 'bind':
      return onPort(call[1], (fd) => bound(fd, portAddress(call[1], call[2])));
    case 'connect':
      return onPort(call[1], (fd) => connected(fd, portAddress(call[1], call[2])));
    case 'bind-unspecified':
      return onPort(call[1], (fd) => bound(fd, unspecified(call[2])));
    case 'connect-unspecified':
      return onPort(call[1], (fd) => connected(fd, unspecified(call[2])));
    case 'send':
      return onPort(call[1], (fd) => sent(fd, portAddress(call[1], call[2])));
    case 'listen':
      return onPort(call[1], (fd) => system.listen(fd, 1));
    default:
      return undefined;
  }
}

const AF_UNSPEC = 0;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_MPTCP = 262;

const sockets: Readonly<Record<Protocol, readonly [family: number, type: number, of: number]>> = {
  tcp: [AF_INET, SOCK_STREAM, 0],
  tcp6: [AF_INET6, SOCK_STREAM, 0],
  udp: [AF_INET, SOCK_DGRAM, 0],
  udp6: [AF_INET6, SOCK_DGRAM, 0],
  mptcp: [AF_INET, SOCK_STREAM, IPPROTO_MPTCP],
  'unix-stream': [AF_UNIX, SOCK_STREAM, 0],
};

function onPort(protocol: Protocol, act: (fd: number) => unknown): Attempt {
  const [family, type, of] = sockets[protocol];
  return () => withSocket(family, type, of, act);
}

/** Somebody outside the domain has to be there to be reached. */
function toPath(path: string, datagram: boolean): Attempt {
  const type = datagram ? SOCK_DGRAM : SOCK_STREAM;
  const server = system.socket(AF_UNIX, type, 0);
  bound(server, unixAddress(path));
  if (!datagram) system.listen(server, 8);
  return () =>
    withSocket(AF_UNIX, type, 0, (fd) => (datagram ? sent : connected)(fd, unixAddress(path)));
}

function withSocket(family: number, type: number, of: number, act: (fd: number) => unknown): void {
  withDescriptor(system.socket(family, type, of), act);
}

function bound(fd: number, address: Buffer): void {
  system.bind(fd, address, address.length);
}

function connected(fd: number, address: Buffer): void {
  system.connect(fd, address, address.length);
}

function sent(fd: number, address: Buffer): void {
  system.sendto(fd, Buffer.from('x'), 1, 0, address, address.length);
}

/** struct sockaddr_in or sockaddr_in6, of the loopback interface. */
function portAddress(protocol: Protocol, port: number): Buffer {
  if (!protocol.endsWith('6')) {
    const address = Buffer.alloc(16);
    address.writeUInt16LE(AF_INET, 0);
    address.writeUInt16BE(port, 2);
    address.set([127, 0, 0, 1], 4);
    return address;
  }
  const address = Buffer.alloc(28);
  address.writeUInt16LE(AF_INET6, 0);
  address.writeUInt16BE(port, 2);
  address.writeUInt8(1, 23);
  return address;
}

/** An address of no family, at any interface. */
function unspecified(port: number): Buffer {
  const address = Buffer.alloc(28);
  address.writeUInt16LE(AF_UNSPEC, 0);
  address.writeUInt16BE(port, 2);
  return address;
}

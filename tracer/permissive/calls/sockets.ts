import { readFileSync } from 'node:fs';
import { pathFromBytes } from '../../../kernel/path-bytes.js';
import { socketProtocol } from '../../../kernel/socket-protocol.js';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

const AF_UNSPEC = 0;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;
/** sizeof(struct sockaddr_storage) */
const longestAddress = 128;
/** struct sockaddr_in; and struct sockaddr_in6 without its scope, as RFC 2133 had it. */
const sizeOfInternetAddress = 16;
const sizeOfInternet6Address = 24;
/** struct msghdr: msg_name and msg_namelen; struct mmsghdr is longer by its msg_len. */
const headerSize = 56;
const messageSize = 64;
const mostMessages = 1024;

type Address =
  | { readonly family: 'internet'; readonly port: number }
  | { readonly family: 'path'; readonly path: string }
  | { readonly family: 'abstract'; readonly name: string };

/** bind(2). */
export function askedBind(observer: Observer, thread: Thread, call: AskedCall): void {
  const address = addressAt(call, call.address(1), call.unsigned(2)) ?? anyAddress(call);
  if (address === undefined) return;
  switch (address.family) {
    case 'abstract':
      observer.recording.abstractNames.add(address.name);
      return;
    case 'path':
      return bindToPath(observer, thread, address.path);
    case 'internet': {
      const protocol = protocolOf(thread, call.int(0));
      if (protocol === undefined) return;
      observer.record(thread, 'bind', { kind: 'bind', protocol, port: address.port });
    }
  }
}

/** An IPv4 socket takes AF_UNSPEC for AF_INET, where the address is any (inet_bind). */
function anyAddress(call: AskedCall): Address | undefined {
  const bytes =
    call.unsigned(2) < sizeOfInternetAddress ? null : call.bytes(1, sizeOfInternetAddress);
  if (bytes === null || bytes.readUInt16LE(0) !== AF_UNSPEC) return undefined;
  return bytes.readUInt32LE(4) === 0
    ? { family: 'internet', port: bytes.readUInt16BE(2) }
    : undefined;
}

/** connect(2). */
export function askedConnect(observer: Observer, thread: Thread, call: AskedCall): void {
  reach(observer, thread, call, 'connect', addressAt(call, call.address(1), call.unsigned(2)));
}

/** sendto(2), sendmsg(2), sendmmsg(2): those that name an address connect for one message. */
export function askedSend(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  for (const address of addressesOf(call, name)) {
    const stream = address.family === 'internet' && protocolOf(thread, call.int(0)) === 'tcp';
    if (!stream) reach(observer, thread, call, name, address);
  }
}

function addressesOf(call: AskedCall, name: string): readonly Address[] {
  if (name === 'sendto') {
    const address = addressAt(call, call.address(4), call.unsigned(5));
    return address === undefined ? [] : [address];
  }
  const count = name === 'sendmsg' ? 1 : Math.min(call.unsigned(2), mostMessages);
  const found: Address[] = [];
  for (let message = 0; message < count; message++) {
    const header = call.bytesAt(call.address(1) + message * messageSize, headerSize);
    if (header === null) break;
    const at = header.readUInt32LE(0) + header.readUInt32LE(4) * 0x100000000;
    const address = addressAt(call, at, header.readUInt32LE(8));
    if (address !== undefined) found.push(address);
  }
  return found;
}

function reach(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
  address: Address | undefined,
): void {
  if (address === undefined) return;
  switch (address.family) {
    case 'abstract': {
      if (!isBound(thread, address.name)) return; // Nobody is there: refused before Landlock is asked.
      const inside = observer.recording.abstractNames.has(address.name);
      observer.record(thread, name, { kind: 'connect-abstract', name: address.name, inside });
      return;
    }
    case 'path': {
      const found = observer.findFromHere(thread, address.path, { followLast: true });
      if (found?.type !== 'socket') return;
      observer.recording.disk.found(found.path, 'socket');
      observer.record(thread, name, { kind: 'connect-unix', path: found.path });
      return;
    }
    case 'internet': {
      const protocol = protocolOf(thread, call.int(0));
      if (protocol === undefined) return;
      observer.record(thread, name, { kind: 'connect', protocol, port: address.port });
    }
  }
}

/** A UNIX socket that is bound to a path makes the socket's file. */
function bindToPath(observer: Observer, thread: Thread, path: string): void {
  const found = observer.findFromHere(thread, path, { followLast: false });
  if (found?.type !== 'missing' || !observer.mayChangeNames(thread, found)) return;
  observer.recording.disk.made(found.path, 'socket');
  observer.record(thread, 'bind', { kind: 'make', path: found.path, type: 'socket' });
}

function addressAt(call: AskedCall, address: number, length: number): Address | undefined {
  const size = Math.min(length, longestAddress);
  if (size < 2) return undefined;
  const bytes = call.bytesAt(address, size);
  if (bytes === null) return undefined;
  switch (bytes.readUInt16LE(0)) {
    case AF_INET:
      return size < sizeOfInternetAddress
        ? undefined
        : { family: 'internet', port: bytes.readUInt16BE(2) };
    case AF_INET6:
      return size < sizeOfInternet6Address
        ? undefined
        : { family: 'internet', port: bytes.readUInt16BE(2) };
    case AF_UNIX:
      return unixAddress(bytes.subarray(2));
    default:
      return undefined;
  }
}

/** unix(7): a name that begins with a NUL is abstract, and all its bytes count. */
function unixAddress(name: Buffer): Address | undefined {
  if (name.length === 0) return undefined;
  if (name[0] === 0) return { family: 'abstract', name: name.subarray(1).toString('latin1') };
  const end = name.indexOf(0);
  return { family: 'path', path: pathFromBytes(end === -1 ? name : name.subarray(0, end)) };
}

/**
 * Landlock knows TCP and UDP alone; other protocols ask for nothing. A socket that may not be
 * looked at is taken for TCP, which nearly every program means by connecting.
 */
function protocolOf(thread: Thread, descriptor: number): 'tcp' | 'udp' | undefined {
  switch (socketProtocol(thread.process, descriptor)) {
    case undefined:
    case IPPROTO_TCP:
      return 'tcp';
    case IPPROTO_UDP:
      return 'udp';
    default:
      return undefined;
  }
}

/** Whether an abstract name is taken, by the table that the thread's network namespace has. */
function isBound(thread: Thread, name: string): boolean {
  try {
    const table = readFileSync(`/proc/${thread.id}/net/unix`, 'latin1');
    return table.includes(` @${name.replaceAll('\0', '@')}\n`);
  } catch {
    return true;
  }
}

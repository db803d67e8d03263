import { system } from './syscalls.js';

/** In a network of its own, the loopback interface is down at first. */
export function raiseLoopback(): void {
  const request = Buffer.alloc(40);
  request.write('lo');
  request.writeUInt16LE(IFF_UP, 16);
  system.ioctl(system.socket(AF_INET, SOCK_DGRAM, 0), SIOCSIFFLAGS, request);
}

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SIOCSIFFLAGS = 0x8914n;
const IFF_UP = 1;

import { stableName } from '../../volatile-names.js';
import type { AskedCall } from '../asked-call.js';
import { isLostName, onceNamed } from '../lost-name.js';
import type { Found, Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/** truncate(2), and ftruncate(2), whose right is decided when the file is opened. */
export function askedTruncate(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  if (call.address(1) >= negative) return; // EINVAL
  if (name === 'ftruncate') {
    const own = observer.findDescriptor(thread, call.int(0));
    const path = own === undefined ? undefined : regularFile(own);
    if (path === undefined || !observer.recording.opened.has(path)) return;
    observer.recording.disk.vanished(path);
    observer.record(thread, name, { kind: 'truncate', path });
    return;
  }
  const found = observer.find(thread, call, { path: 0, followLast: true });
  if (found?.type !== 'regular' || !observer.may(thread, found.real, 'write')) return;
  observer.recording.disk.found(found.path, 'regular');
  observer.record(thread, name, { kind: 'truncate', path: found.path });
}

/** As unsigned numbers, negative lengths begin here. */
const negative = 2 ** 63;

/** A regular file as it was named when it was opened; no other can be cut. */
function regularFile({ path, real, type }: Found): string | undefined {
  if (type === 'regular') return path;
  return type === 'missing' && isLostName(real) ? onceNamed(path) : undefined;
}

/** ioctl(2) on a device, whose right is decided when the device is opened. */
export function askedIoctl(observer: Observer, thread: Thread, call: AskedCall): void {
  const device = observer.findDescriptor(thread, call.int(0));
  if (device === undefined || !observer.recording.opened.has(device.path)) return;
  const { path, type } = device;
  if (type !== 'char-device' && type !== 'block-device') return;
  observer.record(thread, 'ioctl', { kind: 'device-ioctl', path, type });
  if (call.unsigned(1) === TIOCGPTPEER) openPeer(observer, thread);
}

/** <asm-generic/ioctls.h> */
const TIOCGPTPEER = 0x5441;

/** The other end of a pseudo-terminal is opened without a name, and checked as any open is. */
function openPeer(observer: Observer, thread: Thread): void {
  const path = stableName('/dev/pts/0', observer.leader); // Every number stands for all.
  const opened = { path, type: 'char-device', truncate: false, create: 'no' } as const;
  observer.recording.disk.found(path, opened.type);
  observer.recording.opened.add(path);
  observer.record(thread, 'ioctl', { kind: 'open', ...opened, read: true, write: true });
}

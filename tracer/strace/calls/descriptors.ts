import type { Call } from 'strace-parser';
import { argument, flagNames, onceNamed } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** truncate(2), and ftruncate(2), whose right is decided when the file is opened. */
export function readTruncate(scene: Scene, thread: TracedThread, call: Call): void {
  const path =
    call.name === 'ftruncate'
      ? ownDescriptor(scene, call)
      : scene.path(thread, call, { path: 0, followLast: true });
  if (path === undefined) return;
  scene.disk.found(path, 'regular');
  scene.record(thread, call, { kind: 'truncate', path });
}

/** ioctl(2) on a device, whose right is decided when the device is opened. */
export function readDeviceIoctl(scene: Scene, thread: TracedThread, call: Call): void {
  const descriptor = argument(call, 0);
  if (descriptor?.kind !== 'fd' || descriptor.device === undefined) return;
  const requests = flagNames(argument(call, 1));
  for (const request of requests) if (exemptRequests.has(request)) return;
  const path = ownDescriptor(scene, call);
  if (path === undefined) return;
  const type = descriptor.device.kind === 'char' ? 'char-device' : 'block-device';
  scene.record(thread, call, { kind: 'device-ioctl', path, type });
  if (requests.has('TIOCGPTPEER') && call.result.kind === 'value') openPeer(scene, thread, call);
}

/** The other end of a pseudo-terminal is opened without a name, and checked as any open is. */
function openPeer(scene: Scene, thread: TracedThread, call: Call): void {
  const path = scene.stable('/dev/pts/0'); // Which number it has, strace does not say.
  const opened = { path, type: 'char-device', truncate: false, create: 'no' } as const;
  scene.disk.found(path, opened.type);
  scene.recording.opened.add(path);
  scene.record(thread, call, { kind: 'open', ...opened, read: true, write: true });
}

/** is_masked_device_ioctl in security/landlock/fs.c. */
const exemptRequests: ReadonlySet<string> = new Set([
  'FIOCLEX',
  'FIONCLEX',
  'FIONBIO',
  'FIOASYNC',
  'FIOQSIZE',
  'FIFREEZE',
  'FITHAW',
  'FS_IOC_FIEMAP',
  'FIGETBSZ',
  'FICLONE',
  'FICLONERANGE',
  'FIDEDUPERANGE',
  'FS_IOC_GETFSUUID',
  'FS_IOC_GETFSSYSFSPATH',
]);

/** A descriptor that the target was handed keeps what it could do; only its own are restricted. */
function ownDescriptor(scene: Scene, call: Call): string | undefined {
  const path = onceNamed(argument(call, 0));
  if (path === undefined) return undefined;
  const stable = scene.stable(path);
  return scene.recording.opened.has(stable) ? stable : undefined;
}

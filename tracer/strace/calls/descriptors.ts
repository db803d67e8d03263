import type { Call } from 'strace-parser';
import { argument, descriptorPath, flagNames } from '../arguments.js';
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
  for (const request of flagNames(argument(call, 1))) {
    if (exemptRequests.has(request)) return;
  }
  const path = ownDescriptor(scene, call);
  if (path === undefined) return;
  const type = descriptor.device.kind === 'char' ? 'char-device' : 'block-device';
  scene.record(thread, call, { kind: 'device-ioctl', path, type });
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
  const path = descriptorPath(argument(call, 0));
  if (path === undefined) return undefined;
  const stable = scene.stable(path);
  return scene.opened.has(stable) ? stable : undefined;
}

import { readFileSync } from 'node:fs';
import { hasIoUring } from '../../../kernel/io-uring.js';
import type { AskedCall } from '../asked-call.js';
import type { Credentials } from '../credentials.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/** io_uring_setup(2): a program that only tries whether it may have one loses us nothing. */
export function askedIoUring(observer: Observer, thread: Thread, call: AskedCall): void {
  known ??= hasIoUring();
  if (!known || !mayUseIoUring(thread.credentials, settings())) return; // ENOSYS, EPERM
  const parameters = call.bytes(1, sizeOfParameters);
  if (parameters === null || !isAcceptable(call.unsigned(0), parameters)) return; // EFAULT, EINVAL
  observer.gap('io-uring', thread.executable);
}

let known: boolean | undefined;

/** The system's settings on who may: kernel.io_uring_disabled and kernel.io_uring_group. */
export interface IoUringSettings {
  readonly disabled: number;
  readonly group: number;
}

/** admin-guide/sysctl/kernel.rst; the capability that lets more than the group is root's alone here. */
export function mayUseIoUring(
  { user, group, groups }: Pick<Credentials, 'user' | 'group' | 'groups'>,
  { disabled, group: allowed }: IoUringSettings,
): boolean {
  if (disabled === 0) return true;
  return disabled === 1 && (user === 0 || group === allowed || groups.includes(allowed));
}

/** struct io_uring_params */
const sizeOfParameters = 120;
const offsetOfFlags = 8;
const offsetOfReserved = 28;
const sizeOfReserved = 12;
const IORING_SETUP_CLAMP = 1 << 4;
const mostEntries = 32_768;

/** What every version refuses; flags that are not known here, a later one may know. */
function isAcceptable(entries: number, parameters: Buffer): boolean {
  const reserved = parameters.subarray(offsetOfReserved, offsetOfReserved + sizeOfReserved);
  if (entries === 0 || reserved.some((byte) => byte !== 0)) return false;
  const clamped = (parameters.readUInt32LE(offsetOfFlags) & IORING_SETUP_CLAMP) !== 0;
  return entries <= mostEntries || clamped;
}

function settings(): IoUringSettings {
  return { disabled: setting('io_uring_disabled', 0), group: setting('io_uring_group', -1) };
}

/** Before Linux 6.6 there are none. */
function setting(name: string, otherwise: number): number {
  try {
    return Number(readFileSync(`/proc/sys/kernel/${name}`, 'latin1'));
  } catch {
    return otherwise;
  }
}

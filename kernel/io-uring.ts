import { lastError, libc } from './libc.js';

const syscall = libc<[number, number, null], number>(
  'long syscall(long number, long entries, void *parameters)',
);

/** The same on every architecture. */
const io_uring_setup = 425;

/** Whether this kernel was built with io_uring; nothing is set up. */
export function hasIoUring(): boolean {
  return syscall(io_uring_setup, 0, null) >= 0 || lastError() !== 'ENOSYS';
}

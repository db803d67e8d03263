import { system } from './syscalls.js';

/**
 * fork(2) while JavaScript runs: 0 in the child. V8 tells the kernel to leave its heap out of a
 * child (MADV_DONTFORK), since no sane program does this; here it is told to take all along.
 *
 * The child has to be of `node --single-threaded`: other threads do not exist in it.
 */
export function forkProcess(): number {
  try {
    system.madvise(0, wholeAddressSpace, MADV_DOFORK);
  } catch {
    // Between what is mapped there are gaps, and at its end what cannot be copied.
  }
  return system.fork();
}

const wholeAddressSpace = 2 ** 48 - 4096;
const MADV_DOFORK = 11;

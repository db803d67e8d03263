import { libc } from './libc.js';

const gettid = libc<[], number>('int gettid()');

/** The kernel's id of the calling thread. */
export function currentThread(): number {
  return gettid();
}

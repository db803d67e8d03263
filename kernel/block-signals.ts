import { libc } from './libc.js';

const pthreadSigmask = libc<[number, Buffer, null], number>(
  'int pthread_sigmask(int how, void *set, void *old)',
);
const SIG_BLOCK = 0;
const signalSetSize = 128;

/** Leaves all signals to the other threads of this process, from the calling thread's next step on. */
export function blockSignals(): void {
  pthreadSigmask(SIG_BLOCK, Buffer.alloc(signalSetSize, 0xff), null);
}

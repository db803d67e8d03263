import { closeSync, readSync } from 'node:fs';
import { closeFd, openPipe, widenPipe } from '../../kernel/descriptors.js';

/** The pipe that strace's log travels through. */
export interface LogPipe {
  /** The name by which strace opens its end. */
  readonly path: string;
  /** Reads what is left and closes the pipe, once strace has ended. */
  readonly finish: () => void;
}

/**
 * Opens a pipe and hands on what comes through it. strace opens its end by name, since a descriptor
 * that it inherited would be inherited by the target as well, and held open by what that leaves
 * behind.
 *
 * The pipe is looked at from time to time and not waited on: strace writes line by line, and a
 * reader that sleeps on the pipe is woken by each, which costs strace more than all its own work.
 */
export function openLogPipe(onChunk: (chunk: Uint8Array) => void): LogPipe {
  const { read, write } = openPipe();
  widenPipe(read, capacity);
  const buffer = new Uint8Array(capacity);
  let timer: NodeJS.Timeout;
  const look = () => {
    const bytes = readAvailable(read, buffer, onChunk);
    timer = setTimeout(look, bytes > 0 ? busyPause : idlePause);
  };
  timer = setTimeout(look, busyPause);
  return {
    path: `/proc/${process.pid}/fd/${write}`,
    finish: () => {
      clearTimeout(timer);
      closeFd(write);
      while (readAvailable(read, buffer, onChunk) > 0);
      closeSync(read);
    },
  };
}

/** What an unprivileged user may have (fs.pipe-max-size); strace fills it in about 50 ms. */
const capacity = 1 << 20;
/** Milliseconds. */
const busyPause = 5;
const idlePause = 20;
/** So much at a time that timers and signals still get their turn. */
const mostAtOnce = 4 * capacity;

function readAvailable(
  descriptor: number,
  buffer: Uint8Array,
  onChunk: (chunk: Uint8Array) => void,
): number {
  let total = 0;
  while (total < mostAtOnce) {
    const length = readNow(descriptor, buffer);
    if (length === 0) break;
    total += length;
    onChunk(buffer.subarray(0, length));
  }
  return total;
}

/** The number of bytes that were there; 0 when there were none, or the other end is closed. */
function readNow(descriptor: number, buffer: Uint8Array): number {
  try {
    return readSync(descriptor, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

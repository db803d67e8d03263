import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { closeFd, openPipe } from '../../kernel/descriptors.js';
import { lastRites } from './last-rites.js';
import type { Known } from './left-behind.js';

/**
 * Stands by for the case that we are killed without a chance to clean up: without a supervisor the
 * calls that the filter stops fail for ever, since a filter cannot be taken off again. So the
 * target, all of it, ends with us.
 *
 * A shell reads the target's processes from a pipe of ours as they appear: the pipe's end without
 * a word means that we died, and it ends them and what they started meanwhile.
 */
export class Guard {
  /** The pipe's end to write to, for `announce`, in whichever thread. Nobody else may hold it. */
  readonly descriptor: number;
  readonly #shell: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor() {
    const { read, write } = openPipe();
    this.descriptor = write;
    const waiting = openSync(`/proc/self/fd/${read}`, 'r'); // Where reading waits, as shells expect.
    this.#shell = spawn('/bin/sh', ['-c', lastRites], {
      stdio: [waiting, 'ignore', 'ignore'],
      detached: true, // Keys of the terminal that end the target are not for the guard.
    });
    closeFd(read);
    closeFd(waiting);
    this.#gone = once(this.#shell, 'close').catch(() => {});
  }

  /** The shell's process id. */
  get id(): number | undefined {
    return this.#shell.pid;
  }

  async dismiss(): Promise<void> {
    tell(this.descriptor, 'dismissed');
    closeFd(this.descriptor);
    await this.#gone;
  }
}

/** Tells the guard, by its descriptor, of a process of the target. */
export function announce(descriptor: number, { id, start }: Known): void {
  tell(descriptor, `${id} ${start}`);
}

/** The guard may be gone, or too slow; nothing waits for it. */
function tell(descriptor: number, words: string): void {
  try {
    writeSync(descriptor, `${words}\n`);
  } catch {
    // It finds children of those that it knows by itself.
  }
}

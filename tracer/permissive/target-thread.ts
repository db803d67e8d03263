import { parentPort, workerData } from 'node:worker_threads';
import { SystemCallError } from '../../kernel/libc.js';
import { listen } from '../../kernel/seccomp.js';
import { type SpawnedProgram, spawnProgram, waitForEnd } from '../../kernel/spawn.js';
import { architecture } from '../../kernel/syscall-numbers.js';
import { currentThread } from '../../kernel/thread-id.js';
import { filterFor } from './filter.js';

/** What the target's thread is started with. */
export interface TargetStart {
  readonly program: SpawnedProgram;
  /** Its one word becomes 1 when the supervisor answers. */
  readonly supervised: SharedArrayBuffer;
}

/** What it tells. */
export type TargetMessage =
  | { readonly kind: 'listening'; readonly listener: number; readonly installer: number }
  | { readonly kind: 'failed'; readonly at: 'listening' | 'starting'; readonly code: string }
  | { readonly kind: 'started'; readonly process: number }
  | { readonly kind: 'ended'; readonly end: { status: number } | { signal: number } };

/**
 * A filter binds the thread that installs it and what that forks: so this thread does nothing but
 * install it and start the target. The supervisor has to be another one, since starting the target
 * already waits for its answers.
 */
function startTarget({ program, supervised }: TargetStart): void {
  const tell = (message: TargetMessage) => parentPort?.postMessage(message);
  let at: 'listening' | 'starting' = 'listening';
  try {
    const listener = listen(filterFor(architecture()));
    at = 'starting';
    tell({ kind: 'listening', listener, installer: currentThread() });
    Atomics.wait(new Int32Array(supervised), 0, 0);
    const process = spawnProgram(revived(program));
    tell({ kind: 'started', process });
    tell({ kind: 'ended', end: waitForEnd(process) });
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    tell({ kind: 'failed', at, code: error.code });
  }
}

/** Buffers come through a message as plain arrays of bytes. */
function revived({ path, argv, environment, signalMask }: SpawnedProgram): SpawnedProgram {
  return {
    path: Buffer.from(path),
    argv: argv.map((word) => Buffer.from(word)),
    environment: environment.map((variable) => Buffer.from(variable)),
    signalMask,
  };
}

startTarget(workerData as TargetStart);

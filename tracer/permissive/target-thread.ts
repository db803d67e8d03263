import { parentPort, workerData } from 'node:worker_threads';
import { SystemCallError } from '../../kernel/libc.js';
import { listen } from '../../kernel/seccomp.js';
import {
  type ChildChange,
  type SpawnedProgram,
  spawnProgram,
  waitForChange,
} from '../../kernel/spawn.js';
import { architecture, isKnownArchitecture } from '../../kernel/syscall-numbers.js';
import { currentThread } from '../../kernel/thread-id.js';
import { filterFor } from './filter.js';
import { Handshake, type Live } from './handshake.js';
import { hiddenMemory } from './hidden-memory.js';

/** What the target's thread is told, once; null when there is nothing to do. It is started with the handshake's memory alone. */
export interface TargetStart {
  readonly program: SpawnedProgram;
  /** The guard's descriptor. */
  readonly guard: number;
  /** What the supervisor is to tell while the run goes on. */
  readonly live: Live;
  /** Whether what the target asks is of interest only since it restricted itself. */
  readonly restricted: boolean;
}

/** What it tells. */
export type TargetMessage =
  | { readonly kind: 'failed'; readonly at: 'listening' | 'starting'; readonly code: string }
  | { readonly kind: 'started'; readonly process: number }
  | { readonly kind: 'stopped'; readonly signal: number }
  | { readonly kind: 'ended'; readonly end: Exclude<ChildChange, { kind: 'stopped' }> };

/**
 * A filter binds the thread that installs it and what that forks: so this thread does nothing but
 * install it and start the target. The supervisor has to be another one, since starting the target
 * already waits for its answers.
 */
function startTarget({ program, guard, live, restricted }: TargetStart): void {
  const tell = (message: TargetMessage) => parentPort?.postMessage(message);
  let at: 'listening' | 'starting' = 'listening';
  try {
    const listener = listen(filter ?? filterFor(architecture(), hiddenMemory()));
    at = 'starting';
    handshake.offer({ listener, installer: currentThread(), guard, live, restricted });
    if (!handshake.awaitAcceptance()) return;
    const process = spawnProgram(revived(program, listener));
    tell({ kind: 'started', process });
    for (;;) {
      const change = waitForChange(process);
      if (change.kind !== 'stopped') return tell({ kind: 'ended', end: change });
      tell(change);
    }
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    if (at === 'listening') handshake.refuse();
    tell({ kind: 'failed', at, code: error.code });
  }
}

/**
 * Buffers come through a message as plain arrays of bytes. A target that holds the listener itself
 * while its execve waits for an answer would wait for ever once we are dead.
 */
function revived(program: SpawnedProgram, listener: number): SpawnedProgram {
  const { path, argv, environment, closed = [], ...rest } = program;
  return {
    ...rest,
    path: Buffer.from(path),
    argv: argv.map((word) => Buffer.from(word)),
    environment: environment.map((variable) => Buffer.from(variable)),
    closed: [...closed, listener],
  };
}

const handshake = new Handshake(workerData as SharedArrayBuffer);
/** Made while the rest of us is still being loaded. */
const filter = isKnownArchitecture() ? filterFor(architecture(), hiddenMemory()) : undefined;
parentPort?.once('message', (start: TargetStart | null) => {
  if (start === null) handshake.refuse();
  else startTarget(start);
});

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Handshake } from './handshake.js';
import { Roll } from './roll.js';
import type { SupervisorData } from './supervisor-thread.js';

/** The two threads of ours that a run needs. Neither does anything before the target's is told to. */
export interface Crew {
  /** Installs the filter and starts the target, once it is told what: a `TargetStart`, or null. */
  readonly starter: Worker;
  /** Answers the target's calls. */
  readonly supervisor: Worker;
  /** Resolves when either of them fails. */
  readonly failed: Promise<Error>;
  /** Resolves when both are gone. */
  readonly gone: Promise<unknown>;
  readonly handshake: Handshake;
  /** Where the supervisor writes down the processes that it meets. */
  readonly roll: Roll;
}

let gathered: Crew | undefined;

/**
 * Lets the threads begin: of all that a run waits for they take the longest, and need nothing of
 * the rest. They wait for `takeCrew`, and end with the process when nobody takes them.
 */
export function gatherCrew(): void {
  gathered ??= startCrew();
}

/** The crew that was gathered, or a new one: each is good for a single run. */
export function takeCrew(): Crew {
  const crew = gathered ?? startCrew();
  gathered = undefined;
  return crew;
}

/** Sends a gathered crew home that nobody took. To be awaited before the process ends. */
export async function disbandCrew(): Promise<void> {
  if (gathered !== undefined) await sendHome(takeCrew());
}

/**
 * Sends a crew home that did not come to answering, and waits until it is gone: a thread that is
 * torn down while it loads its native library takes all of us along (SIGABRT).
 */
export async function sendHome({ starter, handshake, gone }: Crew): Promise<void> {
  if (!handshake.refuse()) return;
  starter.postMessage(null);
  await gone;
}

function startCrew(): Crew {
  const handshake = new Handshake();
  const roll = new Roll();
  const starter = ownThread('#target-thread', handshake.memory);
  const data: SupervisorData = { handshake: handshake.memory, roll: roll.memory };
  const supervisor = ownThread('#supervisor-thread', data);
  const threads = [starter, supervisor];
  const failed = Promise.race(threads.map((thread) => event<Error>(thread, 'error')));
  const gone = Promise.all(threads.map((thread) => event<number>(thread, 'exit')));
  return { starter, supervisor, failed, gone, handshake, roll };
}

function event<Value>(thread: Worker, name: string): Promise<Value> {
  return new Promise((resolve) => thread.once(name, resolve));
}

/**
 * A thread whose standard streams stay unconnected: connecting them would make ours non-blocking,
 * and they are the target's as well. The descriptors that it opens and closes are not Node's.
 *
 * @param module - by its name in package.json: this code may have been bundled to anywhere.
 */
function ownThread(module: string, workerData: SharedArrayBuffer | SupervisorData): Worker {
  return new Worker(createRequire(import.meta.url).resolve(module), {
    workerData,
    stdout: true,
    stderr: true,
    trackUnmanagedFds: false,
    // What one event needs is garbage at the next: more room would only be filled with it.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
}

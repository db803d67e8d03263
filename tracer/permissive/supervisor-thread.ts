import { parentPort, workerData } from 'node:worker_threads';
import type { Recorded } from '../recording.js';
import { announce } from './guard.js';
import { Handshake } from './handshake.js';
import { type Known, knownProcess } from './left-behind.js';
import { supervise } from './supervise.js';

/** What the supervisor's thread is started with. */
export interface SupervisorStart {
  /** A handshake's memory. */
  readonly handshake: SharedArrayBuffer;
  /** The guard's descriptor. */
  readonly guard: number;
}

/** What it tells. */
export type SupervisorMessage =
  | { readonly kind: 'process'; readonly process: Known }
  | { readonly kind: 'ended'; readonly recorded: Recorded };

const { handshake: memory, guard } = workerData as SupervisorStart;
const tell = (message: SupervisorMessage) => parentPort?.postMessage(message);

const handshake = new Handshake(memory);
const offer = handshake.awaitOffer();
if (offer !== null) {
  handshake.accept();
  const observer = supervise({
    ...offer,
    onProcess: meet,
  });
  tell({ kind: 'ended', recorded: observer.recording.finish() });
}

/** The guard has to know a process before its first call is answered. */
function meet(id: number): void {
  const process = knownProcess(id);
  if (process === undefined) return;
  announce(guard, process);
  tell({ kind: 'process', process });
}

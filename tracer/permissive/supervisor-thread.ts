import { parentPort, workerData } from 'node:worker_threads';
import type { Recorded } from '../recording.js';
import { announce } from './guard.js';
import { Handshake } from './handshake.js';
import { type Known, knownProcess } from './left-behind.js';
import { supervise } from './supervise.js';

/** What it tells. */
export type SupervisorMessage =
  | { readonly kind: 'process'; readonly process: Known }
  | { readonly kind: 'ended'; readonly recorded: Recorded };

const tell = (message: SupervisorMessage) => parentPort?.postMessage(message);

/** It is started with the handshake's memory alone. */
const handshake = new Handshake(workerData as SharedArrayBuffer);
const offer = handshake.awaitOffer();
if (offer !== null) {
  handshake.accept();
  const observer = supervise({
    ...offer,
    onProcess: (id) => meet(id, offer.guard),
  });
  tell({ kind: 'ended', recorded: observer.recording.finish() });
}

/** The guard has to know a process before its first call is answered. */
function meet(id: number, guard: number): void {
  const process = knownProcess(id);
  if (process === undefined) return;
  announce(guard, process);
  tell({ kind: 'process', process });
}

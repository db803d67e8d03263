import { parentPort, workerData } from 'node:worker_threads';
import type { Recorded } from '../recording.js';
import { Handshake } from './handshake.js';
import { supervise } from './supervise.js';

/** What the supervisor's thread is started with. */
export interface SupervisorStart {
  /** A handshake's memory. */
  readonly handshake: SharedArrayBuffer;
}

/** What it tells. */
export type SupervisorMessage =
  | { readonly kind: 'process'; readonly process: number }
  | { readonly kind: 'ended'; readonly recorded: Recorded };

const { handshake: memory } = workerData as SupervisorStart;
const tell = (message: SupervisorMessage) => parentPort?.postMessage(message);

const handshake = new Handshake(memory);
const offer = handshake.awaitOffer();
if (offer !== null) {
  handshake.accept();
  const observer = supervise({
    ...offer,
    onProcess: (process) => tell({ kind: 'process', process }),
  });
  tell({ kind: 'ended', recorded: observer.recording.finish() });
}

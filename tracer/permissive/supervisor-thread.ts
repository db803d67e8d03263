import { parentPort, workerData } from 'node:worker_threads';
import type { Recorded } from '../recording.js';
import { supervise } from './supervise.js';

/** What the supervisor's thread is started with. */
export interface SupervisorStart {
  readonly listener: number;
  readonly installer: number;
}

/** What it tells. */
export type SupervisorMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'process'; readonly process: number }
  | { readonly kind: 'ended'; readonly recorded: Recorded };

const { listener, installer } = workerData as SupervisorStart;
const tell = (message: SupervisorMessage) => parentPort?.postMessage(message);

tell({ kind: 'ready' });
const observer = supervise({
  listener,
  installer,
  onProcess: (process) => tell({ kind: 'process', process }),
});
tell({ kind: 'ended', recorded: observer.recording.finish() });

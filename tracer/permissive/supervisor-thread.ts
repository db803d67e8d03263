import { parentPort, workerData } from 'node:worker_threads';
import { blockSignals } from '../../kernel/block-signals.js';
import type { Grown } from '../growth.js';
import type { LiveOperation } from '../live-operations.js';
import type { RecordedPart } from '../recorded-part.js';
import type { Gap } from '../trace.js';
import { announce } from './guard.js';
import { Handshake } from './handshake.js';
import { type Known, knownProcess } from './left-behind.js';
import { Roll } from './roll.js';
import { supervise } from './supervise.js';

/** What it is started with: memory that it shares with the other threads. */
export interface SupervisorData {
  readonly handshake: SharedArrayBuffer;
  readonly roll: SharedArrayBuffer;
}

/** What it tells. */
export type SupervisorMessage =
  /** Where the roll has no room. */
  | { readonly kind: 'process'; readonly process: Known }
  | { readonly kind: 'operation'; readonly operation: LiveOperation }
  | { readonly kind: 'grown'; readonly grown: Grown }
  /** Nobody is left to supervise; what was noted follows. */
  | { readonly kind: 'alone' }
  | { readonly kind: 'part'; readonly part: RecordedPart }
  | { readonly kind: 'ended'; readonly gaps: readonly Gap[] };

const tell = (message: SupervisorMessage) => parentPort?.postMessage(message);

const data = workerData as SupervisorData;
const handshake = new Handshake(data.handshake);
const roll = new Roll(data.roll);
const offer = handshake.awaitOffer();
// Answering takes a lock that a signal keeps one from while it is contended (EINTR,
// seccomp_notify_send in kernel/seccomp.c): the call would wait for ever.
if (offer !== null) blockSignals();
if (offer !== null && handshake.accept()) {
  const { recording } = supervise({
    ...offer,
    onProcess: (id) => meet(id, offer.guard),
    onOperation:
      offer.live === 'operations'
        ? (operation) => tell({ kind: 'operation', operation })
        : undefined,
    onGrown: offer.live === 'growth' ? (grown) => tell({ kind: 'grown', grown }) : undefined,
  });
  tell({ kind: 'alone' });
  for (const part of recording.parts()) tell({ kind: 'part', part });
  tell({ kind: 'ended', gaps: recording.gaps() });
}

/** The guard has to know a process before its first call is answered. */
function meet(id: number, guard: number): void {
  const process = knownProcess(id);
  if (process === undefined) return;
  announce(guard, process);
  if (!roll.add(process)) tell({ kind: 'process', process });
}

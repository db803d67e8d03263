import { Worker } from 'node:worker_threads';
import { keepOnExec } from '../kernel/descriptors.js';
import { Listener } from '../kernel/seccomp.js';
import { Handshake } from '../tracer/permissive/handshake.js';
import type { TargetStart } from '../tracer/permissive/target-thread.js';
import { Turns } from '../tracer/permissive/turns.js';

/**
 * The physical limit of supervising from here: `node … empty-supervisor.ts COMMAND…` runs a command
 * under the same filter, and answers every notification without a look at it.
 */
// 3 is where the bench has its time stamps from.
for (const descriptor of [0, 1, 2, 3]) keepOnExec(descriptor);
const handshake = new Handshake();
const [program = '', ...rest] = process.argv.slice(2);
const start: TargetStart = {
  guard: -1,
  live: 'nothing',
  restricted: false,
  program: {
    path: Buffer.from(program),
    argv: [program, ...rest].map((word) => Buffer.from(word)),
    environment: Object.entries(process.env).map((pair) => Buffer.from(pair.join('='))),
    signalMask: 0n,
    heeded: [],
  },
};
const starter = new Worker(new URL('../dist/tracer/permissive/target-thread.js', import.meta.url), {
  workerData: handshake.memory,
  stdout: true,
  stderr: true,
  trackUnmanagedFds: false,
});
starter.on('error', (error) => {
  throw error;
});
starter.postMessage(start);

const offer = handshake.awaitOffer();
if (offer === null) throw new Error('no listener can be had here');
const listener = new Listener(offer.listener);
listener.wakeSynchronously();
handshake.accept();
const turns = new Turns();
for (let received = listener.receive(); received !== 'ended'; received = listener.receive()) {
  if (received === 'again') continue;
  const thread = listener.notification[2] ?? 0;
  if (turns.isAlone(thread)) listener.letGo();
  else listener.letGoWhereItWas();
}

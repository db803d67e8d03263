import { existsSync } from 'node:fs';
import { ProcessMemory } from '../../kernel/process-memory.js';
import { Listener } from '../../kernel/seccomp.js';
import { type Grown, Growth } from '../growth.js';
import type { LiveOperation } from '../live-operations.js';
import { AskedCall, CallGone } from './asked-call.js';
import { nameOf } from './left-behind.js';
import { note, syscallOf } from './note.js';
import { Observer } from './observer.js';
import type { NotedCall } from './repetitions.js';
import type { Thread } from './threads.js';
import { Turns } from './turns.js';

export interface Supervision {
  /** The listener's descriptor. */
  readonly listener: number;
  /** The thread that installed the filter, whose own calls are nobody's business. */
  readonly installer: number;
  /** Whether the target restricts itself first: nothing is noted until it has. */
  readonly restricted: boolean;
  /** Told once for each process of the target, when it is first seen. */
  readonly onProcess: (process: number) => void;
  /** Told of operations as they come, before they go on. */
  readonly onOperation: ((operation: LiveOperation) => void) | undefined;
  /** Told what was noted, while the run goes on. */
  readonly onGrown: ((grown: Grown) => void) | undefined;
}

/**
 * Answers every notification with "go on", until the last filtered task is gone; and notes before
 * each answer what the call asks for. Nothing that goes wrong in the noting keeps an answer back.
 */
export function supervise({
  listener: descriptor,
  installer,
  restricted,
  onProcess,
  onOperation,
  onGrown,
}: Supervision): Observer {
  const listener = new Listener(descriptor);
  listener.wakeSynchronously();
  const call = new AskedCall(listener.notification, new ProcessMemory(), () =>
    listener.stillWaits(),
  );
  const observer = new Observer(onOperation);
  const growth = onGrown === undefined ? undefined : new Growth(observer.recording, onGrown);
  let begun = !restricted;
  const turns = new Turns();
  for (;;) {
    if (growth !== undefined) tellWhenDue(growth, listener);
    const received = listener.receive();
    if (received === 'ended') return observer;
    if (received === 'again') continue;
    call.begin();
    let repeated: NotedCall | undefined;
    if (call.thread !== installer) {
      try {
        const thread = known(observer, call.thread, onProcess);
        if (!begun) begun = restrictsItself(call);
        else if (thread !== undefined) repeated = note(observer, thread, call);
        else if (listener.stillWaits() && !isOurs(call.thread)) lost(observer, call.thread);
      } catch (error) {
        if (error instanceof CallGone) continue;
        observer.gap('unresolved', `a call of process ${call.thread} (${String(error)})`);
      }
    }
    const waited = turns.isAlone(call.thread) ? listener.letGo() : listener.letGoWhereItWas();
    if (waited && repeated?.counted !== undefined) {
      observer.recording.again(repeated.counted, repeated.path);
    }
  }
}

/** Nothing more may come for hours: what was noted is not kept until then. */
function tellWhenDue(growth: Growth, listener: Listener): void {
  const wait = growth.wait();
  if (wait !== undefined && (wait === 0 || !listener.comesWithin(wait))) growth.tell();
}

/** The thread that calls, its process announced when it is new. */
function known(
  observer: Observer,
  id: number,
  onProcess: (process: number) => void,
): Thread | undefined {
  const thread = observer.threads.get(id);
  if (thread === undefined || observer.processes.has(thread.process)) return thread;
  if (thread.process === process.pid) return undefined; // A thread that Node started from ours.
  if (observer.leader === -1) observer.lead(thread.process);
  observer.processes.add(thread.process);
  onProcess(thread.process);
  return thread;
}

function restrictsItself(call: AskedCall): boolean {
  return syscallOf(call) === 'landlock_restrict_self';
}

function isOurs(thread: number): boolean {
  return existsSync(`/proc/self/task/${thread}`);
}

function lost(observer: Observer, thread: number): void {
  observer.gap('unresolved', `a call of ${nameOf(thread)}, which may not be looked at,`);
}

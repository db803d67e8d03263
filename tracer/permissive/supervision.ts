import type { Worker } from 'node:worker_threads';
import { GrowingRecord } from '../growing-record.js';
import type { LiveOperation } from '../live-operations.js';
import type { Recorded } from '../recorded.js';
import { Assembly } from '../recorded-part.js';
import type { Known } from './left-behind.js';
import type { SupervisorMessage } from './supervisor-thread.js';

/** What the supervisor's thread tells, as it goes. Both promises are broken when `failed` is kept. */
export interface Supervision {
  /** Nobody is left to supervise. */
  readonly alone: Promise<void>;
  /** What was noted. */
  readonly recorded: Promise<Recorded>;
}

/** Who hears of what the supervisor tells while the run goes on. */
export interface Hearers {
  /** Told of the target's processes for which its roll has no room, when they are first seen. */
  readonly onProcess: (process: Known) => void;
  /** Told of operations, where the supervisor was asked to. */
  readonly onOperation: (operation: LiveOperation) => void;
  /** Told that more was noted, where the supervisor was asked to, and how to have all of it. */
  readonly onGrown: (soFar: () => Recorded) => void;
}

export function listenTo(
  supervisor: Worker,
  failed: Promise<Error>,
  { onProcess, onOperation, onGrown }: Hearers,
): Supervision {
  const assembly = new Assembly();
  const growing = new GrowingRecord();
  const alone = new Kept<void>();
  const recorded = new Kept<Recorded>();
  for (const { break: breakIt } of [alone, recorded]) failed.then(breakIt);
  supervisor.on('message', (message: SupervisorMessage) => {
    switch (message.kind) {
      case 'process':
        return onProcess(message.process);
      case 'operation':
        return onOperation(message.operation);
      case 'grown':
        growing.add(message.grown.part, message.grown.gaps);
        return onGrown(() => growing.recorded());
      case 'alone':
        return alone.keep();
      case 'part':
        return assembly.add(message.part);
      case 'ended':
        return recorded.keep(assembly.recorded(message.gaps));
    }
  });
  return { alone: alone.promise, recorded: recorded.promise };
}

/** A promise that is kept or broken from outside. */
class Kept<Value> {
  keep: (value: Value) => void = () => {};
  break: (error: Error) => void = () => {};
  readonly promise = new Promise<Value>((resolve, reject) => {
    this.keep = resolve;
    this.break = reject;
  });

  constructor() {
    this.promise.catch(() => {}); // Whoever waits for it hears of it; nobody may.
  }
}

import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { constants, release } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { keepOnExec } from '../../kernel/descriptors.js';
import { rawEnvironment } from '../../kernel/initial-process.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import type { SpawnedProgram } from '../../kernel/spawn.js';
import { becomeSubreaper, reap } from '../../kernel/subreaper.js';
import type { ResolvedCommand } from '../command.js';
import { Assembly } from '../recorded-part.js';
import type { Recorded } from '../recording.js';
import { forwardSignals, unlessSignalled } from '../signals.js';
import type { Gap, Outcome, Trace } from '../trace.js';
import { type TraceOptions, type Tracer, TracerBroken, TracerRefused } from '../tracer.js';
import { variablesOf } from '../variables.js';
import { permissiveAvailability } from './availability.js';
import { takeCrew } from './crew.js';
import { childrenOf, familyOf } from './descendants.js';
import { announce, Guard } from './guard.js';
import { JobControl } from './job-control.js';
import { end, type Known, knownProcess, nameOf, stillRuns } from './left-behind.js';
import { Mistakes } from './mistakes.js';
import type { SupervisorMessage } from './supervisor-thread.js';
import type { TargetMessage, TargetStart } from './target-thread.js';

/** Traces by seccomp user notification: the permissive domain. */
export const permissiveTracer: Tracer = {
  name: 'permissive',
  availability: permissiveAvailability,
  trace: tracePermissively,
};

async function tracePermissively(target: ResolvedCommand, options: TraceOptions): Promise<Trace> {
  const directory = process.cwd();
  const { recorded, outcome, gaps } = await new Run(options).run(target);
  return {
    header: {
      tool: options.tool,
      tracer: 'permissive',
      command: target.argv,
      directory,
      kernel: release(),
      abi: options.abi,
      environment: variablesOf(process.env),
    },
    operations: recorded.operations,
    objects: recorded.objects,
    outcome,
    integrity: [...recorded.gaps, ...gaps],
  };
}

interface Ended {
  readonly recorded: Recorded;
  readonly outcome: Outcome;
  readonly gaps: readonly Gap[];
}

/** One run of a target: two threads of ours, what they tell, and the processes of the target. */
class Run {
  readonly #options: TraceOptions;
  readonly #guard = new Guard();
  readonly #processes = new Map<number, Known>();
  #leader: number | undefined;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  async run(target: ResolvedCommand): Promise<Ended> {
    becomeSubreaper();
    const watch = setInterval(() => this.#lookAround(), watchPause);
    // Node's pool of threads is made by its first use: not from the filtered thread, please.
    await stat('/');
    for (const descriptor of [0, 1, 2, ...this.#options.descriptors]) keepOnExec(descriptor);
    const { starter, supervisor: supervisorThread, failed } = takeCrew();
    const supervisor = this.#supervised(supervisorThread, failed);
    const stopForwarding = forwardSignals(() => this.#leader);
    const jobControl = new JobControl(() => this.#leader);
    const mistakes = new Mistakes();
    try {
      const guard = this.#guard.descriptor;
      const start: TargetStart = { program: spawned(target, this.#options, guard), guard };
      starter.postMessage(start);
      const ended = endOf(starter, (message) => {
        if (message.kind === 'stopped') return jobControl.targetStopped(message.signal);
        if (message.kind !== 'started') return;
        this.#leader = message.process;
        this.#options.onStarted();
      });
      const ending = await beside(supervisor, ended);
      const outlived = await this.#awaitOthers(supervisor);
      const gaps = [...outlived, ...mistakes.gaps()];
      return { recorded: await supervisor, outcome: outcomeOf(ending), gaps };
    } catch (error) {
      await this.#endAll();
      throw error;
    } finally {
      mistakes.stopNoting();
      clearInterval(watch);
      stopForwarding();
      jobControl.end();
      await this.#guard.dismiss();
      await starter.terminate();
    }
  }

  /** @returns what the supervisor has noted, once nobody is left to supervise. */
  #supervised(thread: Worker, failed: Promise<Error>): Promise<Recorded> {
    const assembly = new Assembly();
    return new Promise((resolve, reject) => {
      failed.then((error) => reject(broken(error)));
      thread.on('message', (message: SupervisorMessage) => {
        switch (message.kind) {
          case 'process':
            this.#processes.set(message.process.id, message.process);
            return;
          case 'part':
            return assembly.add(message.part);
          case 'ended':
            return resolve(assembly.recorded(message.gaps));
        }
      });
    });
  }

  #meet(id: number): void {
    const known = this.#processes.has(id) ? undefined : knownProcess(id);
    if (known === undefined) return;
    this.#processes.set(id, known);
    announce(this.#guard.descriptor, known);
  }

  /** Meets those who have asked for nothing yet, and buries those who have nobody else. */
  #lookAround(): void {
    for (const child of childrenOf(process.pid)) {
      if (child === this.#guard.id) continue;
      for (const id of familyOf(child)) this.#meet(id);
      // The leader's end is the starting thread's to see.
      const other = this.#leader !== undefined && child !== this.#leader;
      if (other && knownProcess(child) === undefined) reap(child);
    }
    for (const [id, known] of this.#processes) if (!stillRuns(known)) this.#processes.delete(id);
  }

  /**
   * Gives what the target left behind its time, and ends it then. The supervisor is the one to know
   * when nobody is left: its listener hangs up.
   */
  async #awaitOthers(supervisor: Promise<unknown>): Promise<readonly Gap[]> {
    const { patience, onLeftBehind } = this.#options;
    if (await within(Math.min(500, patience * 500), supervisor)) return [];
    // Whoever is told may fail to hear; that must not keep the wait from its end.
    setImmediate(onLeftBehind, this.#left().length);
    const wait = Math.max(0, patience * 1000 - 500);
    if (await unlessSignalled((signalled) => within(wait, supervisor, signalled))) return [];
    const gaps = new Map<number, Gap>();
    do {
      for (const known of this.#left()) {
        gaps.set(known.id, { kind: 'outlived', detail: nameOf(known.id) });
        end(known);
      }
    } while (!(await within(pause, supervisor)));
    return [...gaps.values()];
  }

  /** Without us its calls would wait, or fail, for ever. */
  async #endAll(): Promise<void> {
    for (let left = this.#left(); left.length > 0; left = this.#left()) {
      left.forEach(end);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #left(): readonly Known[] {
    this.#lookAround();
    return [...this.#processes.values()].filter(stillRuns);
  }
}

/** Whether a promise is kept within some milliseconds, and before it is cut short. */
function within(
  milliseconds: number,
  promise: Promise<unknown>,
  cutShort?: Promise<unknown>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const settle = (kept: boolean) => {
      clearTimeout(timer);
      resolve(kept);
    };
    promise.then(() => settle(true), reject);
    cutShort?.then(() => settle(false));
  });
}

/** What is awaited, unless something else fails that has to go on beside it. */
function beside<Result>(other: Promise<unknown>, awaited: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    other.catch(reject);
    awaited.then(resolve, reject);
  });
}

function broken({ message }: Error): TracerBroken {
  return new TracerBroken(
    `a part of ll-learn failed while it supervised the command, which was ended (${message}); please report it`,
  );
}

/** Milliseconds. */
const watchPause = 1000;
/** Milliseconds between two attempts to end what is left. */
const pause = 20;

function spawned(
  { program }: ResolvedCommand,
  { words }: TraceOptions,
  guard: number,
): SpawnedProgram {
  return {
    path: pathToBytes(program),
    argv: words,
    environment: rawEnvironment(),
    signalMask: blockedSignals(),
    closed: [guard],
  };
}

/** The main thread's mask, which our caller gave us; worker threads have others. */
function blockedSignals(): bigint {
  const status = readFileSync('/proc/self/status', 'latin1');
  return BigInt(`0x${/^SigBlk:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
}

/** Waits for the target's end; what is told before is shown to `meanwhile`. */
function endOf(
  thread: Worker,
  meanwhile: (message: TargetMessage) => void,
): Promise<TargetMessage & { kind: 'ended' }> {
  return new Promise((resolve, reject) => {
    thread.on('message', (message: TargetMessage) => {
      if (message.kind === 'failed') reject(refusal(message));
      else if (message.kind === 'ended') resolve(message);
      else meanwhile(message);
    });
  });
}

/** Why the target was not run. A second tracer would not see through the filter of a first. */
function refusal({ at, code }: TargetMessage & { kind: 'failed' }): TracerRefused {
  if (at === 'starting') return new TracerRefused(`the program cannot be started (${code})`, false);
  if (code === 'EBUSY') {
    const reason = 'something supervises the system calls here already, such as another ll-learn';
    return new TracerRefused(`${reason}, and there can be only one; run it outside of that`, false);
  }
  return new TracerRefused(`no seccomp listener can be had here (${code})`, true);
}

function outcomeOf({ end: change }: TargetMessage & { kind: 'ended' }): Outcome {
  if (change.kind === 'exited') return change;
  const name = Object.entries(constants.signals).find(([, number]) => number === change.signal);
  return { kind: 'killed', signal: name?.[0] ?? `signal ${change.signal}` };
}

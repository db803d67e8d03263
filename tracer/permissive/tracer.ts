import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { constants, release } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { keepOnExec } from '../../kernel/descriptors.js';
import { ignoredByNodeAlone } from '../../kernel/inherited.js';
import { rawEnvironment } from '../../kernel/initial-process.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import type { SpawnedProgram } from '../../kernel/spawn.js';
import { becomeSubreaper } from '../../kernel/subreaper.js';
import { ambientVariables } from '../ambient.js';
import type { ResolvedCommand } from '../command.js';
import type { Recorded } from '../recorded.js';
import { forwardSignals, sendSignal } from '../signals.js';
import type { Gap, Outcome, Trace, TraceHeader } from '../trace.js';
import { type TraceOptions, type Tracer, TracerBroken, TracerRefused } from '../tracer.js';
import { variablesOf } from '../variables.js';
import { permissiveAvailability } from './availability.js';
import { sendHome, takeCrew } from './crew.js';
import { Family } from './family.js';
import { JobControl } from './job-control.js';
import { Mistakes } from './mistakes.js';
import { outliving } from './outliving.js';
import { listenTo } from './supervision.js';
import type { TargetMessage, TargetStart } from './target-thread.js';
import { beside } from './waiting.js';

/** Traces by seccomp user notification: the permissive domain. */
export const permissiveTracer: Tracer = {
  name: 'permissive',
  availability: permissiveAvailability,
  trace: tracePermissively,
};

async function tracePermissively(target: ResolvedCommand, options: TraceOptions): Promise<Trace> {
  const header: TraceHeader = {
    tool: options.tool,
    tracer: 'permissive',
    command: target.argv,
    directory: process.cwd(),
    kernel: release(),
    abi: options.abi,
    environment: variablesOf(process.env),
    variables: ambientVariables(),
  };
  const { recorded, outcome, gaps } = await run(target, header, options);
  return {
    header,
    operations: recorded.operations,
    objects: recorded.objects,
    lookups: recorded.lookups,
    outcome,
    integrity: [...recorded.gaps, ...gaps],
  };
}

interface Ended {
  readonly recorded: Recorded;
  readonly outcome: Outcome;
  readonly gaps: readonly Gap[];
}

/** Runs a target: two threads of ours, what they tell, and the processes of the target. */
async function run(
  target: ResolvedCommand,
  header: TraceHeader,
  options: TraceOptions,
): Promise<Ended> {
  becomeSubreaper();
  const family = new Family();
  // Node's pool of threads is made by its first use: not from the filtered thread, please.
  await stat('/');
  for (const descriptor of [0, 1, 2, ...options.descriptors]) keepOnExec(descriptor);
  const crew = takeCrew();
  const { starter, supervisor, failed } = crew;
  family.roll = crew.roll;
  const breakage = failed.then(broken);
  const supervision = listenTo(supervisor, breakage, {
    onProcess: (process) => family.add(process),
    onOperation: (operation) => options.onOperation?.(operation),
    onGrown: (soFar) => options.onGrown?.(soFar),
  });
  const stopForwarding = forwardSignals(() => family.leader);
  // In a session of its own it is stopped by no key.
  const jobControl = options.apart === undefined ? new JobControl(() => family.leader) : undefined;
  const mistakes = new Mistakes();
  try {
    const { guard } = family;
    const start: TargetStart = {
      program: spawned(target, options, guard),
      guard,
      live: wantedLive(options),
      restricted: options.restricted === true,
    };
    starter.postMessage(start);
    const ended = endOf(starter, (message) => {
      if (message.kind === 'stopped') return jobControl?.targetStopped(message.signal);
      if (message.kind !== 'started') return;
      family.leader = message.process;
      const { process } = message;
      options.onStarted({ header, process, signal: (name) => signalAll(family, name) });
    });
    const ending = await beside(supervision.alone, ended);
    const outlived = await outliving(family, supervision.alone, options);
    const recorded = await supervision.recorded;
    return { recorded, outcome: outcomeOf(ending), gaps: [...outlived, ...mistakes.gaps()] };
  } catch (error) {
    await family.endAll();
    await sendHome(crew);
    throw error;
  } finally {
    mistakes.stopNoting();
    stopForwarding();
    jobControl?.end();
    await family.dismiss();
    await starter.terminate();
  }
}

function wantedLive({ onOperation, onGrown }: TraceOptions): TargetStart['live'] {
  if (onOperation !== undefined) return 'operations';
  return onGrown === undefined ? 'nothing' : 'growth';
}

function signalAll(family: Family, name: NodeJS.Signals): void {
  for (const { id } of family.left()) sendSignal(id, name);
}

function broken({ message }: Error): TracerBroken {
  return new TracerBroken(
    `a part of ll-learn failed while it supervised the command, which was ended (${message}); please report it`,
  );
}

function spawned(
  { program }: ResolvedCommand,
  { words, apart }: TraceOptions,
  guard: number,
): SpawnedProgram {
  return {
    path: pathToBytes(program),
    argv: words,
    environment: rawEnvironment(),
    signalMask: blockedSignals(),
    heeded: ignoredByNodeAlone(),
    closed: [guard],
    streams: apart?.streams,
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

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { release } from 'node:os';
import { createParser } from 'strace-parser';
import { inheritedIgnored } from '../../kernel/inherited.js';
import { ambientVariables } from '../ambient.js';
import type { ResolvedCommand } from '../command.js';
import { GrowingRecord } from '../growing-record.js';
import { forwardSignals, sendSignal } from '../signals.js';
import type { Outcome, Trace, TraceHeader } from '../trace.js';
import type { TraceOptions, Tracer } from '../tracer.js';
import { variablesOf } from '../variables.js';
import { straceAvailability } from './availability.js';
import { Entourage } from './entourage.js';
import { guardAgainstOurDeath } from './guard.js';
import { StraceInterpreter } from './interpreter.js';
import { straceArguments } from './invocation.js';
import { openLogPipe } from './log-pipe.js';

/** Traces with strace(1): for where user notification cannot be had. */
export const straceTracer: Tracer = {
  name: 'strace',
  availability: straceAvailability,
  trace: traceWithStrace,
};

async function traceWithStrace(target: ResolvedCommand, options: TraceOptions): Promise<Trace> {
  const header: TraceHeader = {
    tool: options.tool,
    tracer: 'strace',
    command: target.argv,
    directory: process.cwd(),
    kernel: release(),
    abi: options.abi,
    environment: variablesOf(process.env),
    variables: ambientVariables(),
  };
  const interpreter = new StraceInterpreter({
    directory: header.directory,
    start: Date.now(),
    onOperation: options.onOperation,
  });
  const ended = await runTraced(target, header, options, interpreter);
  const { operations, objects, lookups, outcome, gaps } = interpreter.finish();
  return {
    header,
    operations,
    objects,
    lookups,
    outcome: outcome.kind === 'unknown' ? ended : outcome,
    integrity: gaps,
  };
}

/** Runs strace to its end while the interpreter reads its log. @returns how strace ended. */
async function runTraced(
  target: ResolvedCommand,
  header: TraceHeader,
  options: TraceOptions,
  interpreter: StraceInterpreter,
): Promise<Outcome> {
  const entourage = new Entourage(interpreter, options);
  const parser = createParser((event) => interpreter.accept(event));
  const log = openLogPipe((chunk) => {
    parser.write(chunk);
    entourage.look();
  });
  const stopForwarding = forwardSignals(() => interpreter.leader);
  const [program = '', ...words] = ignoring(['strace', ...straceArguments(log.path, target)]);
  const strace = spawn(program, words, inheriting(options));
  strace.once('spawn', () =>
    options.onStarted({
      header,
      signal: (name) => {
        for (const id of interpreter.alive()) sendSignal(id, name);
      },
    }),
  );
  const stopTelling = tellGrowth(interpreter, options);
  const dismissGuard = guardAgainstOurDeath(strace);
  try {
    return await ended(strace);
  } finally {
    stopTelling();
    await dismissGuard();
    stopForwarding();
    entourage.dismiss();
    log.finish();
    parser.end();
  }
}

/** Node resets in each program that it starts what is ignored: a shell ignores it again before. */
function ignoring(words: readonly string[]): readonly string[] {
  const ignored = inheritedIgnored();
  if (ignored.length === 0) return words;
  return ['/bin/sh', '-c', `trap '' ${ignored.join(' ')}; exec "$@"`, 'sh', ...words];
}

/** @returns what ends the telling. */
function tellGrowth(interpreter: StraceInterpreter, { onGrown }: TraceOptions): () => void {
  if (onGrown === undefined) return () => {};
  const record = new GrowingRecord();
  const growth = interpreter.growth(({ part, gaps }) => record.add(part, gaps));
  const timer = setInterval(() => {
    if (growth.wait() !== 0) return;
    growth.tell();
    onGrown(() => record.recorded());
  }, pause);
  return () => clearInterval(timer);
}

/** Milliseconds. */
const pause = 100;

/**
 * Our three standard streams or those of its own, and what else our caller handed us, under the
 * same numbers. A process group that is detached is a session of its own.
 */
function inheriting({ descriptors, apart }: TraceOptions): SpawnOptions {
  const highest = Math.max(2, ...descriptors);
  const stdio = Array.from({ length: highest + 1 }, (_, number) =>
    number <= 2 || descriptors.includes(number)
      ? (apart?.streams[number] ?? number)
      : ('ignore' as const),
  );
  return { stdio, detached: apart !== undefined };
}

function ended(strace: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    strace.once('error', reject);
    strace.once('exit', (status, signal) =>
      resolve(
        signal === null ? { kind: 'exited', status: status ?? 0 } : { kind: 'killed', signal },
      ),
    );
  });
}

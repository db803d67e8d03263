import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { release } from 'node:os';
import { createParser } from 'strace-parser';
import { ambientVariables } from '../ambient.js';
import type { ResolvedCommand } from '../command.js';
import { forwardSignals } from '../signals.js';
import type { Outcome, Trace } from '../trace.js';
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
  const directory = process.cwd();
  const variables = ambientVariables();
  const interpreter = new StraceInterpreter({
    directory,
    start: Date.now(),
    onOperation: options.onOperation,
  });
  const ended = await runTraced(target, options, interpreter);
  const { operations, objects, lookups, outcome, gaps } = interpreter.finish();
  return {
    header: {
      tool: options.tool,
      tracer: 'strace',
      command: target.argv,
      directory,
      kernel: release(),
      abi: options.abi,
      environment: variablesOf(process.env),
      variables,
    },
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
  const strace = spawn(
    'strace',
    straceArguments(log.path, target),
    inheriting(options.descriptors),
  );
  strace.once('spawn', options.onStarted);
  const dismissGuard = guardAgainstOurDeath(strace);
  try {
    return await ended(strace);
  } finally {
    await dismissGuard();
    stopForwarding();
    entourage.dismiss();
    log.finish();
    parser.end();
  }
}

/** Our three standard streams, and what else our caller handed us, under the same numbers. */
function inheriting(descriptors: readonly number[]): SpawnOptions {
  const highest = Math.max(2, ...descriptors);
  const stdio = Array.from({ length: highest + 1 }, (_, number) =>
    number <= 2 || descriptors.includes(number) ? number : ('ignore' as const),
  );
  return { stdio };
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

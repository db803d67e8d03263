import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contestant, contestants, quick } from './contestants.js';
import { table } from './table.js';
import { type Workload, workloads } from './workloads.js';

/**
 * What watching costs: the same work untraced, under ll-learn and under the peer (`strace`, with
 * its log thrown away). The runs of a workload alternate, so that a machine that slows down slows
 * all of them; medians. Three tables: what the target itself feels, from its start to its end; what
 * one event adds to that; and the whole command, with our start-up, the inference and the profile.
 */
export function benchTracing(): void {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  try {
    const measured = workloads(directory, quick).map((workload) => measure(workload, directory));
    const head = ['', 'untraced', ...contestants.map(({ name }) => name)];
    write('what the target feels', [head, ...measured.map((row) => ratios(row, 'inside'))]);
    const loops = measured.filter(({ workload }) => workload.events !== undefined);
    write('added by an event', [head, ...loops.map(addedByAnEvent)]);
    const starts = startUpRow(directory);
    write('the whole command', [head, starts, ...measured.map((row) => ratios(row, 'whole'))]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Seconds. */
interface Taken {
  readonly whole: number;
  /** From the target's first moment to its last, by its own clock. */
  readonly inside: number;
}

interface Measured {
  readonly workload: Workload;
  readonly untraced: readonly Taken[];
  /** One for each contestant; none for those that do not take part. */
  readonly traced: readonly (readonly Taken[])[];
}

/** An odd number, for the median. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

function measure(workload: Workload, directory: string): Measured {
  process.stderr.write(`${workload.name} …\n`);
  const command = stamped(workload.command);
  const untraced: Taken[] = [];
  const traced = contestants.map((): Taken[] => []);
  for (let round = 0; round < rounds; round++) {
    untraced.push(take(command));
    for (const [at, { name, wrap }] of contestants.entries()) {
      if (workload.only?.includes(name) === false) continue;
      traced[at]?.push(take(wrap(command, directory)));
    }
  }
  return { workload, untraced, traced };
}

/** The command, and before and after it the time on descriptor 3. */
function stamped(command: readonly string[]): readonly string[] {
  const script = 'date +%s%N >&3; "$@" 3>&-; status=$?; date +%s%N >&3; exit $status';
  return ['/bin/sh', '-c', script, 'sh', ...command];
}

function take([program = '', ...rest]: readonly string[]): Taken {
  const start = process.hrtime.bigint();
  const { error, status, output } = spawnSync(program, rest, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: environment,
    encoding: 'utf8',
  });
  const whole = Number(process.hrtime.bigint() - start) / 1e9;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[program, ...rest].join(' ')} ended with status ${status}`);
  const [first = 0n, last = 0n] = (output[3] ?? '').trim().split('\n').map(BigInt);
  return { whole, inside: Number(last - first) / 1e9 };
}

/** Without what makes every Node read a file of certificates before anything else. */
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

function ratios({ workload, untraced, traced }: Measured, part: keyof Taken): readonly string[] {
  const bare = median(untraced, part);
  const cells = traced.map((taken) =>
    taken.length === 0 ? '–' : `×${(median(taken, part) / bare).toFixed(2)}`,
  );
  return [workload.name, `${(bare * 1000).toFixed(0)} ms`, ...cells];
}

function addedByAnEvent({ workload, untraced, traced }: Measured): readonly string[] {
  const { name, events = 1 } = workload;
  const bare = median(untraced, 'inside');
  const cells = traced.map((taken) => {
    const added = ((median(taken, 'inside') - bare) / events) * 1e6;
    return taken.length === 0 ? '–' : `${added.toFixed(1)} µs`;
  });
  return [name, `(${((bare / events) * 1e6).toFixed(1)} µs)`, ...cells];
}

/** Milliseconds from the start until the target runs: what it has to wait for. */
function startUpRow(directory: string): readonly string[] {
  const untilRunning = (wrap: Contestant['wrap']) => {
    const [program = '', ...rest] = wrap(['/bin/date', '+%s%N'], directory);
    const waits = Array.from({ length: startUps }, () => {
      const start = BigInt(Date.now()) * 1_000_000n;
      const { stdout } = spawnSync(program, rest, { encoding: 'utf8', env: environment });
      return Number(BigInt(stdout.trim() || 0) - start) / 1e6;
    });
    return `${middle(waits).toFixed(0)} ms`;
  };
  const bare = untilRunning((command) => command);
  const cells = contestants.map(({ name, wrap }) =>
    name.startsWith('only answering') ? '–' : untilRunning(wrap),
  );
  return ['until the target runs', bare, ...cells];
}

const startUps = 15;

function write(title: string, rows: readonly (readonly string[])[]): void {
  process.stdout.write(`### ${title}\n\n${table(rows)}`);
}

function median(taken: readonly Taken[], part: keyof Taken): number {
  return middle(taken.map((each) => each[part]));
}

function middle(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

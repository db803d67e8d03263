import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Operation } from '../../landlock/operation.js';
import type { RecordedOperation } from '../../tracer/trace.js';
import { readTrace } from '../../tracer/trace-file.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { until } from '../support/waiting.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { fileOf, Mark } from './marked.js';
import { ourselves } from './performers.js';
import { learning, Stage } from './stage.js';

const stress = suite('a target that does everything at once');
const lack =
  lacksCompiler() ??
  lacksLandlock() ??
  lacksTracer() ??
  // strace takes ten times as long, and its own suites cover it.
  (testedTracer === 'strace' ? 'strace is not put under stress' : undefined);

/** LL_LEARN_STRESS=full runs what takes a minute; LL_LEARN_STRESS_SEED another course of it. */
const full = process.env['LL_LEARN_STRESS'] === 'full';
const load = full
  ? { processes: 200, threads: 20, seconds: 60 }
  : { processes: 20, threads: 5, seconds: 3 };
const seed = Number(process.env['LL_LEARN_STRESS_SEED'] ?? 1);

/** Node, its threads and koffi need 150 MB; a distinct operation in the record less than 2 kB. */
const mostMemory = (operations: number) => 300_000 + operations * 2;

testWhere(stress, lack, 'is not slowed to a halt, and nothing that it did is lost', async () => {
  const stage = new Stage('stress', ourselves());
  const mark = new Mark();
  const place = join(stage.work, 'place');
  const traceFile = join(stage.work, 'trace');
  const log = join(stage.work, 'log');
  mkdirSync(place);
  const program = fixtureProgram('do-everything-at-once');
  const numbers = [load.processes, load.threads, load.seconds].map(String);
  const [node = '', ...words] = learning(
    stage.profile('learned'),
    [program, ...numbers, place, String(seed)],
    '--keep-partial',
    '--allow-incomplete',
    '--trace',
    traceFile,
  );
  const logged = openSync(log, 'a');
  const child = spawn(node, words, {
    cwd: stage.work,
    stdio: ['ignore', 'inherit', 'pipe', logged],
    env: { ...process.env, ...mark.environment },
  });
  closeSync(logged);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  let status: number | string | undefined;
  once(child, 'close').then(([code, signal]) => {
    status = code ?? signal;
  });
  const watched = new Watched(child.pid ?? 0);
  try {
    await until(
      () => {
        watched.look();
        return status !== undefined;
      },
      () => `it has ended; of it run:\n${mark.left().slice(0, 10).join('\n')}`,
      load.seconds * 4 + 30,
    );
  } finally {
    for (const id of status === undefined ? mark.bearers() : []) process.kill(id, 'SIGKILL');
  }
  assert.is(status, 0, said);
  assert.equal(mark.left(), [], 'something is left behind');

  const { integrity, ...trace } = await readTrace(traceFile);
  const operations = [...trace.operations];
  const seen = new Set(operations.map(({ operation }) => inWords(operation)));
  const done = new Set(readFileSync(log, 'utf8').split('\n').slice(0, -1));
  const lost = [...done].filter((line) => !seen.has(absolute(line, place)));
  if (full) process.stdout.write(`\n${figures(operations, done.size, lost.length, watched)}\n`);
  assert.equal(lost.slice(0, 20), [], `${lost.length} of ${done.size} are lost`);
  assert.equal(integrity, [], 'there is nothing in it that cannot be seen');
  assert.ok(done.size > 500, `it did ${done.size} different things only`);
  assert.ok(watched.memory < mostMemory(operations.length), `${watched.memory} kB of memory`);
  assert.ok(watched.descriptors < 60, `${watched.descriptors} descriptors`);
});

stress.run();

/** What ll-learn has needed at most. */
class Watched {
  readonly #id: number;
  /** kB */
  memory = 0;
  descriptors = 0;
  zombies = 0;

  constructor(id: number) {
    this.#id = id;
  }

  look(): void {
    const peak = /^VmHWM:\s*(\d+)/m.exec(fileOf(this.#id, 'status'))?.[1];
    this.memory = Math.max(this.memory, Number(peak ?? 0));
    this.descriptors = Math.max(this.descriptors, descriptorsOf(this.#id));
    const children = fileOf(this.#id, `task/${this.#id}/children`).split(' ').filter(Boolean);
    const zombies = children.filter((id) => /\) Z /.test(fileOf(id, 'stat'))).length;
    this.zombies = Math.max(this.zombies, zombies);
  }
}

/**
 * What a process holds open, without modules: what concludes the learning is loaded beside the run,
 * 45 files at a time, and they are closed as they are read.
 */
function descriptorsOf(process: number): number {
  const directory = `/proc/${process}/fd`;
  return namesIn(directory).filter((name) => isHeld(`${directory}/${name}`)).length;
}

function isHeld(descriptor: string): boolean {
  try {
    return !readlinkSync(descriptor).endsWith('.js');
  } catch {
    return false; // It was closed meanwhile.
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // It has ended.
  }
}

/** An operation in the words of the program's log. */
function inWords(operation: Operation): string {
  switch (operation.kind) {
    case 'execute':
      return `execute ${operation.program}`;
    case 'rename':
    case 'link':
      return `${operation.kind} ${operation.from} ${operation.to}`;
    case 'bind':
      return `bind ${operation.port}`;
    default:
      return `${operation.kind} ${'path' in operation ? operation.path : ''}`;
  }
}

function absolute(line: string, place: string): string {
  const [kind = '', ...names] = line.split(' ');
  const paths = names.map((name) => (kind === 'bind' ? name : join(place, name)));
  return [kind, ...(kind === 'execute' ? names : paths)].join(' ');
}

function figures(
  operations: readonly RecordedOperation[],
  done: number,
  lost: number,
  { memory, descriptors, zombies }: Watched,
): string {
  const events = operations.reduce((sum, { count }) => sum + count, 0);
  return `${events} operations, ${operations.length} distinct; ${done} promised, ${lost} lost; ${memory} kB, ${descriptors} descriptors, ${zombies} zombies at most (seed ${seed})`;
}

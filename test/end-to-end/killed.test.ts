import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrace } from '../../tracer/trace-file.js';
import { llLearn } from '../support/command.js';
import { Random } from '../support/random.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { until } from '../support/waiting.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { fileOf, Mark } from './marked.js';
import { ourselves } from './performers.js';
import { learning, Stage } from './stage.js';

const killed = suite('killed at any moment');
const lack =
  lacksCompiler() ??
  lacksLandlock() ??
  lacksTracer() ??
  (testedTracer === 'strace' ? 'strace is killed in the suites of its own' : undefined);

/** LL_LEARN_STRESS=full takes minutes; LL_LEARN_STRESS_SEED chooses other moments. */
const full = process.env['LL_LEARN_STRESS'] === 'full';
const rounds = full ? 200 : 12;
const random = new Random(Number(process.env['LL_LEARN_STRESS_SEED'] ?? 1));
const signals = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const;
/** What is killed: ll-learn, its process group as a terminal's keys do, a process of the target. */
const victims = ['ll-learn', 'll-learn', 'll-learn', 'group', 'target'] as const;
/** Milliseconds from the start in which the moments lie: the target runs for about a second. */
const span = 2200;

testWhere(killed, lack, 'nothing is left behind, and no trace is half written', async () => {
  const told = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const victim = random.pick(victims);
    const signal = random.pick(signals);
    // Half of the moments are in the start, which is over in a few hundred milliseconds.
    const moment = random.below(random.chance(0.5) ? span / 5 : span);
    const name = `round ${round}: ${signal} to ${victim} after ${moment} ms`;
    const end = await playRound(name, victim, signal, moment);
    told.set(end, (told.get(end) ?? 0) + 1);
  }
  if (full) process.stdout.write(`\n${rounds} rounds: ${JSON.stringify([...told])}\n`);
});

testWhere(killed, lack ?? lacksPrograms('tmux'), 'the terminal is as it was before', async () => {
  const stage = new Stage('killed on a terminal', ourselves());
  const terminal = new Terminal(stage.work);
  try {
    for (let round = 0; round < (full ? 40 : 2); round++) {
      const signal = random.pick(signals);
      await playRoundOn(terminal, stage, `round ${round}: ${signal}`, signal);
    }
  } finally {
    terminal.close();
  }
});

killed.run();

/** @returns what became of it, for the count of a full run. */
async function playRound(
  name: string,
  victim: (typeof victims)[number],
  signal: NodeJS.Signals,
  moment: number,
): Promise<string> {
  const stage = new Stage('killed', ourselves());
  const mark = new Mark();
  const traceFile = join(stage.work, 'trace');
  const place = join(stage.directory, 'temporary', 'place');
  rmSync(place, { recursive: true, force: true });
  const state = join(stage.directory, 'home');
  const [node = '', ...words] = learning(
    stage.profile('learned'),
    ['sh', '-c', `mkdir ${place}; ${program()} 3 2 1 ${place} 1 3>/dev/null & wait; sleep 0.1`],
    ...(random.chance(0.5) ? ['--trace', traceFile] : []),
    ...['--wait', '1', '--allow-incomplete'],
  );
  const child = spawn(node, words, {
    cwd: stage.work,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...mark.environment, HOME: state, XDG_STATE_HOME: state },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const id = child.pid ?? 0;
  let status: number | string | undefined;
  once(child, 'close').then(([code, by]) => {
    status = code ?? by;
  });
  await new Promise((resolve) => setTimeout(resolve, moment));
  if (status === undefined) strike(victim, id, mark, signal);
  await until(
    () => status !== undefined && mark.bearers().length === 0,
    () => `${name}: all has ended; it says ${status}, ${said} and there runs\n${described(mark)}`,
  );
  assert.not.match(said, /mistake|at file:/, name);
  for (const file of [traceFile, ...tracesIn(state)].filter(existsSync)) {
    const { outcome } = await readTrace(file);
    assert.is.not(outcome.kind, 'unknown', `${name}: ${file} ends with a trailer`);
    const options = ['--keep-partial', '--allow-incomplete'];
    const inferred = llLearn(['infer', ...options, file]);
    assert.is(inferred.status, 0, `${name}: ${inferred.stderr}`);
  }
  if (status === 1 && /was not written/.test(said)) {
    assert.ok(existsSync(traceFile) || tracesIn(state).length > 0, `${name}: no trace; ${said}`);
  }
  return `${status}`;
}

function program(): string {
  return fixtureProgram('do-everything-at-once');
}

function strike(
  victim: (typeof victims)[number],
  id: number,
  mark: Mark,
  signal: NodeJS.Signals,
): void {
  const target = mark.bearers().filter((each) => each !== id && !isGuard(each));
  const chosen = victim === 'target' && target.length > 0 ? random.pick(target) : id;
  try {
    process.kill(victim === 'group' ? -id : chosen, signal);
  } catch {
    // It has ended just now.
  }
}

function isGuard(process: number): boolean {
  return fileOf(process, 'cmdline').includes('dismissed');
}

function tracesIn(state: string): readonly string[] {
  const directory = join(state, 'll-learn');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(directory, name));
}

function described(mark: Mark): string {
  return mark
    .bearers()
    .map((id) => {
      const [stat, command] = [fileOf(id, 'stat').slice(0, 60), fileOf(id, 'cmdline').slice(0, 80)];
      return `${stat} ${fileOf(id, 'wchan')} ${command.replaceAll('\0', ' ')}`;
    })
    .join('\n');
}

async function playRoundOn(
  terminal: Terminal,
  stage: Stage,
  name: string,
  signal: NodeJS.Signals,
): Promise<void> {
  const mark = new Mark();
  const [before, after] = [join(stage.work, 'before'), join(stage.work, 'after')];
  for (const file of [before, after]) rmSync(file, { force: true });
  const [[variable, value] = []] = Object.entries(mark.environment);
  const run = `${variable}=${value} ll-learn --tracer permissive -- sh -c "sleep 1"`;
  terminal.type(`clear; stty -a > before; ${run}`);
  terminal.press('Enter');
  await until(() => mark.bearers().length > 0, `${name}: it has started`);
  const [id] = mark.bearers();
  if (id === undefined) throw new Error(`${name}: it has ended by itself`);
  const inReview = signal !== 'SIGKILL' && random.chance(0.5);
  if (inReview) terminal.waitFor('w write');
  else await new Promise((resolve) => setTimeout(resolve, random.below(1000)));
  process.kill(id, signal);
  if (!inReview && signal !== 'SIGKILL') {
    // The target was told to end, or was not minded to; its review is left.
    await until(
      () => mark.bearers().length === 0 || terminal.screen().includes('w write'),
      () => `${name}: it has ended or is reviewed:\n${terminal.screen()}`,
    );
    if (mark.bearers().length > 0) terminal.press('q');
  }
  await until(
    () => mark.bearers().length === 0,
    () => `${name}: all has ended:\n${terminal.screen()}\n${described(mark)}`,
  );
  // A shell forgets what it was to do after a command that SIGINT ended: so this is asked now.
  terminal.type('stty -a > after.part; mv after.part after');
  terminal.press('Enter');
  await until(
    () => existsSync(after),
    () => `${name}: the terminal can be used:\n${terminal.screen()}`,
  );
  assert.is(readFileSync(after, 'utf8'), readFileSync(before, 'utf8'), `${name}: stty`);
}

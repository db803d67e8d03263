import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { until } from '../support/waiting.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { Mark } from './marked.js';
import { ourselves } from './performers.js';
import { enforcing, learning, Stage, withoutOurWords } from './stage.js';

const ending = suite('how a target ends');
const lack = lacksCompiler() ?? lacksLandlock() ?? lacksTracer();
let number = 0;

testWhere(ending, lack, 'a target that fails leaves no profile', async () => {
  const stage = newStage();
  const command = ['sh', '-c', 'echo out; echo err >&2; exit 3'];
  const profile = stage.profile('learned');
  const learned = await stage.perform(learning(profile, command));
  assert.equal(withoutOurWords(learned), { status: 1, stdout: 'out\n', stderr: 'err\n' });
  assert.match(learned.stderr, /^ll-learn: sh exited with status 3/m);
  assert.not(existsSync(profile));
});

testWhere(ending, lack, 'a target that fails is learned from when that is wanted', async () => {
  const stage = newStage();
  const command = ['sh', '-c', 'exit 3'];
  const profile = stage.profile('learned');
  const learned = await stage.perform(learning(profile, command, '--keep-partial'));
  assert.is(learned.status, 0, learned.stderr);
  assert.is((await stage.perform(enforcing(profile, command))).status, 3);
});

testWhere(ending, lack, 'a target that a signal kills leaves no profile', async () => {
  const stage = newStage();
  const command = ['sh', '-c', 'kill -SEGV $$'];
  const profile = stage.profile('learned');
  const learned = await stage.perform(learning(profile, command));
  assert.is(learned.status, 1);
  assert.match(learned.stderr, /^ll-learn: sh was killed by SIGSEGV/m);
  assert.not(existsSync(profile));
  await stage.perform(learning(profile, command, '--keep-partial'));
  assert.is((await stage.perform(enforcing(profile, command))).status, 'SIGSEGV');
});

for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  testWhere(ending, lack, `${signal} sent to us reaches the target`, async () => {
    const target = await started('tell-signals');
    target.process.kill(signal);
    assert.is(await target.endAfter(`ready\n${signal}\n`), 0);
    assert.is(target.said(), `ready\n${signal}\n`);
    assert.equal(target.left(), []);
  });
}

testWhere(ending, lack, 'SIGINT of a terminal reaches the target once', async () => {
  const target = await started('tell-signals');
  process.kill(-target.id, 'SIGINT');
  assert.is(await target.endAfter('ready\nSIGINT\n'), 0);
  assert.is(target.said(), 'ready\nSIGINT\n');
  assert.equal(target.left(), []);
});

const tellingMasks =
  "process.stdout.write(require('child_process').execSync('cat /proc/$PPID/task/*/status'))";

testWhere(
  ending,
  lack ?? (testedTracer === 'permissive' ? undefined : 'strace answers no calls'),
  'no signal that is sent to us reaches the thread that answers',
  async () => {
    const stage = newStage();
    const masks = ['sh', '-c', 'grep -h SigBlk /proc/$PPID/task/*/status'];
    const { status, stdout, stderr } = await stage.perform(learning(stage.profile('masks'), masks));
    assert.is(status, 0, stderr);
    // But for SIGKILL, SIGSTOP and those of the C library, which nobody blocks. Node has a thread
    // of this kind as well.
    const deaf = (text: string) => text.match(/fffffffe7ffbfeff/g)?.length ?? 0;
    const ofNode = execute(['sh', '-c', `exec ${process.execPath} -e "$0"`, tellingMasks]).stdout;
    assert.is(deaf(stdout), deaf(ofNode) + 1, stdout);
  },
);

testWhere(ending, lack, 'a target that we are killed beside ends as well', async () => {
  const target = await started('open-without-end');
  assert.is(target.left().length > 2, true);
  target.process.kill('SIGKILL');
  await target.end();
  await until(() => target.left().length === 0, 'all of the target has ended');
});

testWhere(ending, lack, 'a daemon that is left behind is ended, and told of', async () => {
  const stage = newStage();
  const mark = new Mark();
  const command = [fixtureProgram('leave-a-daemon-behind')];
  const profile = stage.profile('learned');
  const learn = (...options: readonly string[]) =>
    stage.perform(learning(profile, command, '--wait', '1', ...options), mark.environment);
  const refused = await learn();
  assert.is(refused.status, 1, refused.stderr);
  assert.match(refused.stderr, /leave-a-daemon.* was still running when tracing ended/);
  assert.match(refused.stderr, /let the command end it/, 'what to do about it');
  assert.not(existsSync(profile));
  assert.equal(mark.left(), []);
  const accepted = await learn('--allow-incomplete');
  assert.is(accepted.status, 0, accepted.stderr);
  assert.match(readFileSync(profile, 'utf8'), /was still running when tracing ended/);
  assert.equal(mark.left(), []);
});

ending.run();

function newStage(): Stage {
  return new Stage(`ending ${number++}`, ourselves());
}

interface Target {
  readonly process: ChildProcess;
  /** Of ll-learn and its process group. */
  readonly id: number;
  readonly said: () => string;
  readonly end: () => Promise<void>;
  /** Ends the standard input once this has been said. @returns ll-learn's exit status. */
  readonly endAfter: (said: string) => Promise<number | null>;
  /** What still runs of all that was started. */
  readonly left: () => readonly string[];
}

/** A fixture program that is being learned, in a process group of its own, and is ready. */
async function started(name: string): Promise<Target> {
  const stage = newStage();
  const mark = new Mark();
  const [program = '', ...words] = learning(stage.profile('learned'), [fixtureProgram(name)]);
  const child = spawn(program, words, {
    cwd: stage.work,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...mark.environment },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'close');
  await until(() => said.includes('ready\n'), 'the target is ready');
  return {
    process: child,
    id: child.pid ?? 0,
    said: () => said,
    end: async () => void (await ended),
    endAfter: async (text) => {
      await until(() => said.includes(text), `the target says ${text}`);
      child.stdin.end();
      const [status] = await ended;
      return status;
    },
    left: () => mark.left(),
  };
}

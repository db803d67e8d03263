import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { until } from '../support/waiting.js';
import { Mark } from './marked.js';
import { ourselves } from './performers.js';
import { learning, Stage } from './stage.js';

const failures = suite('failures of our own');
const lack =
  lacksLandlock() ??
  lacksTracer() ??
  (testedTracer === 'strace' ? 'strace goes on without us' : undefined);

testWhere(failures, lack, 'an exception that nobody catches leaves the target alone', async () => {
  const thrown = `import { existsSync } from 'node:fs';
    const timer = isMainThread && setInterval(() => {
      if (!existsSync('started')) return;
      clearInterval(timer);
      throw new Error('oops');
    }, 20)`;
  const command = ['sh', '-c', 'echo > started; sleep 0.5; cat file'];
  const run = new Learning(command, { before: thrown, options: ['--allow-incomplete'] });
  assert.is(await run.status(), 0, run.said.err);
  assert.is(run.said.out, 'whole\n');
  assert.match(run.said.err, /ll-learn made a mistake of its own meanwhile.*: oops/);
});

testWhere(failures, lack, 'a supervisor that breaks ends the target, and says so', async () => {
  // The second of the two threads.
  const thrown = `if (threadId === 2) throw new Error('oops')`;
  const run = new Learning(['sh', '-c', 'cat file; sleep 60'], { before: thrown });
  assert.is(await run.status(), 2);
  assert.match(
    run.said.err,
    /^ll-learn: a part of ll-learn failed .*\(oops\); please report it\n$/,
  );
  assert.equal(run.mark.left(), []);
});

testWhere(failures, lack, 'nowhere to say anything is no failure', async () => {
  const run = new Learning(['sh', '-c', '(sleep 0.8; cat file) & echo end'], {
    options: ['--wait', '5'],
    err: openSync('/dev/full', 'w'),
  });
  assert.is(await run.status(), 0);
  assert.is(run.said.out, 'end\nwhole\n');
  assert.match(readFileSync(run.profile, 'utf8'), /file/);
});

testWhere(failures, lack, 'a signal cuts the wait for what was left behind short', async () => {
  const run = new Learning(['sh', '-c', 'sleep 60 & echo end'], {
    options: ['--wait', '50', '--allow-incomplete'],
  });
  await until(() => run.said.err.includes('waiting up to 50 s'), 'it waits');
  run.signal('SIGINT');
  assert.is(await run.status(), 0, run.said.err);
  assert.match(run.said.err, /sleep was still running when tracing ended/);
  assert.equal(run.mark.left(), []);
});

failures.run();

interface Circumstances {
  /** What every thread of ll-learn runs first. */
  readonly before?: string;
  readonly options?: readonly string[];
  /** A descriptor to be its standard error. */
  readonly err?: number;
}

/** A command that is being learned in a directory where there is a file. */
class Learning {
  readonly mark = new Mark();
  readonly said = { out: '', err: '' };
  readonly profile: string;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly status: () => Promise<number | string>;

  constructor(command: readonly string[], { before = '', options = [], err }: Circumstances) {
    const stage = new Stage('failures', ourselves(), { file: 'whole\n' });
    this.profile = stage.profile('learned');
    const [node = '', ...words] = learning(this.profile, command, ...options);
    const first = `import { isMainThread, threadId } from 'node:worker_threads'; ${before}`;
    const hook = `data:text/javascript,${encodeURIComponent(first)}`;
    const child = spawn(node, ['--import', hook, ...words], {
      ...{ cwd: stage.work, timeout: 120_000, killSignal: 'SIGKILL' },
      stdio: ['ignore', 'pipe', err ?? 'pipe'],
      env: { ...process.env, ...this.mark.environment },
    });
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.said.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.said.err += text;
    });
    const ended = once(child, 'close');
    this.status = async () => {
      const [status, signal] = await ended;
      return status ?? signal;
    };
    this.signal = (signal) => child.kill(signal);
  }
}

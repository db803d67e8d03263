import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, inDirectory } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const launchers = suite('the launcher');
const lack = lacksTracer();
const launcher = new URL('../../bin/ll-learn', import.meta.url).pathname;
const learning = `${launcher} --tracer ${testedTracer} --no-review -o profile.toml --`;

/** What a program finds that Node would have changed. */
const telling = 'grep SigIgn /proc/self/status; ulimit -Sn; env | grep -c LL_LEARN_INHERITED || :';
const settings = ['', 'trap "" HUP', 'trap "" INT QUIT PIPE TSTP; ulimit -Sn 333', 'ulimit -Sn 77'];

for (const setting of settings) {
  const title = setting === '' ? 'as they are' : `after ${setting}`;
  const bare = () => shell(`${setting}\nsh -c '${telling}'`).stdout;

  testWhere(launchers, lack, `hands on signals and limits while learning, ${title}`, () =>
    inDirectory((work) => {
      const { status, stdout, stderr } = shell(`${setting}\n${learning} sh -c '${telling}'`, work);
      assert.is(status, 0, stderr);
      assert.is(stdout, bare());
    }),
  );

  testWhere(launchers, lack ?? lacksLandlock(), `hands them on while enforcing, ${title}`, () =>
    inDirectory((work) => {
      const learned = shell(`${learning} sh -c '${telling}'`, work);
      assert.is(learned.status, 0, learned.stderr);
      const verb = testedTracer === 'permissive' ? 'verify' : 'run';
      for (const enforcing of [`${launcher} run`, `${launcher} ${verb}`]) {
        const script = `${setting}\n${enforcing} profile.toml -- sh -c '${telling}'`;
        const { status, stdout, stderr } = shell(script, work);
        assert.is(status, 0, stderr);
        assert.is(stdout, bare());
      }
    }),
  );
}

testWhere(launchers, lack, 'keeps a signal that was ignored from ending what it starts', () =>
  inDirectory((work) => {
    const command = "sh -c 'kill -HUP $PPID; sleep 0.2; echo on'";
    const { status, stdout, stderr } = shell(`trap '' HUP\nexec ${learning} ${command}`, work);
    assert.is(status, 0, stderr);
    assert.is(stdout, 'on\n');
  }),
);

testWhere(launchers, lack, 'is found by its name, by a symlink, and among spaces', () =>
  inDirectory((work) => {
    const root = join(work, 'a b');
    const own = new URL('../..', import.meta.url).pathname;
    mkdirSync(join(root, 'bin'), { recursive: true });
    cpSync(launcher, join(root, 'bin/ll-learn'));
    for (const name of ['dist', 'package.json', 'node_modules'])
      symlinkSync(join(own, name), join(root, name));
    chmodSync(join(root, 'bin/ll-learn'), 0o755);
    mkdirSync(join(work, 'links'));
    symlinkSync('../a b/bin/ll-learn', join(work, 'links/first'));
    symlinkSync('first', join(work, 'links/ll-learn'));
    for (const script of [
      `PATH="${root}/bin:$PATH" ll-learn --version`,
      `PATH="${work}/links:$PATH" ll-learn --version`,
      `cd "${root}/bin"; sh ll-learn --version`,
      `cd "${root}/bin"; ./ll-learn --version`,
      `"${root}/bin/ll-learn" --version`,
    ]) {
      const { status, stdout, stderr } = shell(script);
      assert.is(status, 0, `${script}: ${stderr}`);
      assert.match(stdout, /^ll-learn \d/);
    }
  }),
);

launchers.run();

function shell(script: string, cwd?: string) {
  return execute(['sh', '-c', script], cwd === undefined ? {} : { cwd });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';

const diff = suite('ll-learn diff');

const head = 'abi = 7\n[[ruleset]]\nhandled_access_fs = ["abi.all"]\n';
const reads = (...paths: readonly string[]) =>
  paths
    .map((path) => `[[path_beneath]]\nallowed_access = ["read_file"]\nparent = ["${path}"]\n`)
    .join('');

diff('differences are told by path, summed up with the worst first', () =>
  between(reads('/srv/x', '/etc/hosts'), reads('/etc', '/root/.ssh/id_rsa'), ({ compare }) => {
    const { status, stdout } = compare();
    assert.is(
      stdout,
      `+ /etc read_file (medium); before only on /etc/hosts
+ /root/.ssh/id_rsa read_file (high)
- /srv/x read_file
granted: 1 high, 1 medium; taken: 1
`,
    );
    assert.is(status, 1);
  }),
);

diff('where nothing differs the status is 0', () =>
  between(reads('/etc', '/etc/hosts'), reads('/etc'), ({ compare }) => {
    assert.equal(compare(), { status: 0, stdout: 'both allow the same\n', stderr: '' });
  }),
);

diff('--deny-widening fails for what is granted alone', () =>
  between(reads('/etc'), reads('/etc/hosts'), ({ compare, back }) => {
    assert.is(compare().status, 1);
    assert.is(compare('--deny-widening').status, 0);
    assert.is(back('--deny-widening').status, 1);
  }),
);

diff('--json tells the same', () =>
  between(reads('/etc'), reads('/etc/hosts', '/srv'), ({ compare }) => {
    const { status, stdout } = compare('--json');
    assert.is(status, 1);
    assert.equal(JSON.parse(stdout), {
      old: 'old.landlock.toml',
      new: 'new.landlock.toml',
      equal: false,
      widens: true,
      differences: [
        {
          ...{ sign: 'taken', kind: 'path', path: '/etc', access: ['read_file'] },
          ...{ severity: 'medium', except: ['/etc/hosts'] },
        },
        {
          ...{ sign: 'granted', kind: 'path', path: '/srv', access: ['read_file'] },
          ...{ severity: null, except: [] },
        },
      ],
    });
  }),
);

diff('additions beside a profile count', () =>
  between(reads('/etc'), reads('/etc'), ({ directory, compare }) => {
    writeFileSync(join(directory, 'new.local.toml'), reads('/srv/more'));
    assert.match(compare().stdout, /^\+ \/srv\/more read_file\n/);
  }),
);

diff('what cannot be compared is told', () =>
  between(reads('${nope}/x'), reads('/etc'), ({ directory, compare }) => {
    const ended = compare();
    assert.is(ended.status, 2);
    assert.match(ended.stderr, /\$\{nope\} is not defined/);
    assert.is(llLearn(['diff', 'old.landlock.toml'], { cwd: directory }).status, 3);
    assert.is(llLearn(['diff', 'new.landlock.toml', 'gone'], { cwd: directory }).status, 2);
  }),
);

diff.run();

interface Stage {
  readonly directory: string;
  readonly compare: (...options: readonly string[]) => Ended;
  readonly back: (...options: readonly string[]) => Ended;
}

function between(old: string, next: string, act: (stage: Stage) => void): Promise<void> {
  return inDirectory((directory) => {
    const files = ['old.landlock.toml', 'new.landlock.toml'];
    writeFileSync(join(directory, 'old.landlock.toml'), head + old);
    writeFileSync(join(directory, 'new.landlock.toml'), head + next);
    const compared = (names: readonly string[], options: readonly string[]) =>
      llLearn(['diff', ...options, ...names], { cwd: directory });
    act({
      directory,
      compare: (...options) => compared(files, options),
      back: (...options) => compared([...files].reverse(), options),
    });
  });
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const replaying = suite('decisions without a terminal');

const denial =
  '[[decision]]\naction = "deny"\npath = "/etc/hostname"\nreason = "not its business"\n';
const gone = '[[decision]]\naction = "deny"\npath = "/etc/no-such-file"\n';

testWhere(replaying, lacksTracer(), '--decisions replays them, and the profile stores them', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'd.toml'), denial + gone);
    const words = ['--no-review', '--decisions', 'd.toml', '-o', 'p', '--', 'cat', '/etc/hostname'];
    const { status, stderr } = llLearn(words, { cwd: directory });
    assert.is(status, 0, stderr);
    assert.match(stderr, /! a decision denies \/etc\/hostname \(read_file\), which cat used/);
    assert.match(stderr, /not seen this time are kept: deny \/etc\/no-such-file/);
    const profile = readFileSync(join(directory, 'p'), 'utf8');
    assert.not.match(profile, /^parent.*hostname/m);
    assert.match(profile, /^\[\[decision\]\]\naction = "deny"\npath = "\/etc\/hostname"\nreason/m);
    const told = llLearn(['--json', ...words.slice(1)], { cwd: directory }).stderr;
    assert.equal(JSON.parse(told.trimEnd().split('\n').at(-1) ?? '').decisions, [
      {
        ...{ action: 'deny', path: '/etc/hostname', beneath: false, access: null },
        reason: 'not its business',
      },
      {
        ...{ action: 'deny', path: '/etc/no-such-file', beneath: false, access: null },
        reason: null,
      },
    ]);
  }),
);

testWhere(replaying, lacksTracer(), 'what the profile decided holds when it is learned again', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'd.toml'), denial);
    const learn = (...words: readonly string[]) => {
      const command = ['-o', 'p', '--', 'cat', '/etc/hostname', '/etc/passwd'];
      const { status, stderr } = llLearn(['--no-review', ...words, ...command], { cwd: directory });
      assert.is(status, 0, stderr);
      return readFileSync(join(directory, 'p'), 'utf8');
    };
    assert.is(learn('--decisions', 'd.toml'), learn());
  }),
);

replaying('a file of decisions that says nothing sensible is refused before anything is run', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'd.toml'), '[[decision]]\naction = "permit"\npath = "/x"\n');
    const words = ['--decisions', 'd.toml', '--', 'touch', 'ran'];
    const { status, stderr } = llLearn(words, { cwd: directory });
    assert.is(status, 2);
    assert.match(stderr, /d\.toml:2:1: "permit" is not one of allow, deny/);
    assert.not.ok(existsSync(join(directory, 'ran')));
  }),
);

replaying.run();

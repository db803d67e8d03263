import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const reproducible = suite('--reproducible');
const lack = lacksTracer();

testWhere(reproducible, lack, 'another disk, home, locale and time zone change no byte', () =>
  inDirectory((directory) => {
    const project = join(directory, 'project');
    mkdirSync(project);
    const names = ['main.c', 'util.c', 'list.c', 'tree.c'];
    for (const name of names) writeFileSync(join(project, name), '');
    const files = names.map((name) => join(project, name));
    const trace = join(directory, 'trace');
    assert.is(llLearn(['record', '-o', trace, '--', 'cat', ...files]).status, 0);
    const infer = (env: Record<string, string>, ...options: readonly string[]) =>
      llLearn(['infer', ...options, trace], {
        cwd: directory,
        env: { PATH: process.env['PATH'], HOME: '/root', ...env },
      }).stdout;
    const here = { TZ: 'UTC', LANG: 'C' };
    const before = infer(here, '--reproducible');
    const folded = infer(here);
    assert.match(before, /main\.c/);
    for (let number = 0; number < 3000; number++) writeFileSync(join(project, `${number}`), '');
    const elsewhere = { TZ: 'Asia/Tokyo', LANG: 'C.UTF-8', HOME: directory };
    assert.is(infer(elsewhere, '--reproducible'), before);
    assert.is.not(infer(elsewhere), folded, 'without it the disk counts');
  }),
);

testWhere(reproducible, lack, 'learning twice gives the same bytes', () =>
  inDirectory((directory) => {
    const learn = (output: string) => {
      const words = ['--no-review', '--reproducible', '-o', output, '--', 'ls', '/usr'];
      assert.is(llLearn(words, { cwd: directory }).status, 0);
      return readFileSync(join(directory, output), 'utf8');
    };
    assert.is(learn('one'), learn('other'));
  }),
);

reproducible('what goes by the disk cannot be had with it', () => {
  for (const other of [
    ['--max-rules', '3'],
    ['--fold', 'balanced'],
    ['--fold', 'broad'],
  ]) {
    const { status, stderr } = llLearn(['infer', '--reproducible', ...other, 'x']);
    assert.is(status, 3);
    assert.match(stderr, /and --reproducible by the trace alone/);
  }
});

reproducible.run();

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, inDirectory, llLearn, ownProgram } from '../support/command.js';
import {
  type Lack,
  lacksPrograms,
  lacksRoot,
  lacksWayForOthers,
  testWhere,
} from '../support/requirements.js';
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

testWhere(
  reproducible,
  lack ?? lacksOwnHostName(),
  'nor does another machine, user, directory or mask',
  () =>
    inDirectory((directory) => {
      chmodSync(directory, 0o755);
      const trace = join(directory, 'trace');
      assert.is(llLearn(['record', '-o', trace, '--', 'sh', '-c', 'ls /etc; :>x; rm x']).status, 0);
      const here = llLearn(['infer', '--reproducible', trace]);
      assert.is(here.status, 0, here.stderr);
      const elsewhere = `hostname elsewhere; umask 077; cd /; exec "$@"`;
      const nobody = ['setpriv', '--reuid', '61003', '--regid', '61003', '--clear-groups'];
      const infer = [process.execPath, ownProgram, 'infer', '--reproducible', trace];
      const there = execute(['unshare', '-u', 'sh', '-c', elsewhere, 'sh', ...nobody, ...infer], {
        env: { PATH: process.env['PATH'], TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8' },
      });
      assert.is(there.status, 0, there.stderr);
      assert.is(there.stdout, here.stdout);
      for (const telling of [hostname(), String(new Date().getFullYear()), directory]) {
        assert.not.ok(here.stdout.includes(telling), telling);
      }
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

function lacksOwnHostName(): Lack {
  const lack =
    lacksRoot() ?? lacksWayForOthers() ?? lacksPrograms('unshare', 'hostname', 'setpriv');
  if (lack !== undefined) return lack;
  const { status } = execute(['unshare', '-u', 'true']);
  return status === 0 ? undefined : 'no names of our own for the machine';
}

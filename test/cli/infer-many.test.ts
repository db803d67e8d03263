import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { traceLines } from '../../tracer/trace-file.js';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { learnedOnce } from '../support/learned-once.js';
import { testWhere } from '../support/requirements.js';
import { traceOfOpens } from '../support/trace-of-opens.js';
import { lacksTracer } from '../support/tracer.js';

const many = suite('ll-learn infer of many');
const lack = lacksTracer();

testWhere(many, lack, 'traces and profiles in any order, and twice, give the same file', () =>
  withTraces(({ read, learn }) => {
    learn('infer', ...exact, '-o', 'a.landlock.toml', 'a.trace');
    learn('infer', ...exact, '-o', 'one', 'a.landlock.toml', 'b.trace', 'c.trace');
    learn('infer', ...exact, '-o', 'other', 'c.trace', 'b.trace', 'c.trace', 'a.landlock.toml');
    assert.is(read('one'), read('other'));
    learn('infer', ...exact, '-o', 'again', 'one', 'a.landlock.toml', 'other');
    assert.is(read('again'), read('one'));
    assert.is(learn('diff', '--deny-widening', 'one', 'a.landlock.toml').status, 0);
    assert.is(learn('diff', '--deny-widening', 'a.landlock.toml', 'one').status, 1);
  }),
);

testWhere(many, lack, 'a trace that is there twice is one run', () =>
  withTraces(({ directory, read, learn }) => {
    copyFileSync(join(directory, 'a.trace'), join(directory, 'copy.trace'));
    learn('infer', ...exact, '-o', 'once', 'a.trace', 'b.trace');
    learn('infer', ...exact, '-o', 'twice', 'copy.trace', 'b.trace', 'a.trace');
    assert.is(read('twice'), read('once'));
    assert.match(read('once'), /; in 1 of 2 runs/);
  }),
);

testWhere(many, lack, 'additions beside a profile count, and those beside the output stay', () =>
  withTraces(({ directory, read, learn }) => {
    const rule = (path: string) =>
      `[[path_beneath]]\nallowed_access = ["read_dir"]\nparent = ["${path}"]\n`;
    learn('infer', ...exact, '-o', 'a.landlock.toml', 'a.trace');
    learn('infer', ...exact, '-o', 'b.landlock.toml', 'b.trace');
    writeFileSync(join(directory, 'a.local.toml'), rule('/srv/a'));
    writeFileSync(join(directory, 'b.local.toml'), rule('/srv/b'));
    learn('infer', ...exact, '-o', 'a.landlock.toml', 'a.landlock.toml', 'b.landlock.toml');
    assert.match(read('a.landlock.toml'), /"\/srv\/b"/);
    assert.not.match(read('a.landlock.toml'), /"\/srv\/a"/);
  }),
);

testWhere(many, lack, '--json tells the rules of a union', () =>
  withTraces(({ learn }) => {
    learn('infer', ...exact, '-o', 'a.landlock.toml', 'a.trace');
    const { stdout } = learn('infer', ...exact, '--json', 'a.landlock.toml', 'b.trace');
    const { profile, profiles, rules } = JSON.parse(stdout);
    assert.is(profile, null);
    assert.equal(profiles, ['a.landlock.toml']);
    const paths = rules.map(({ path }: { path: string }) => path);
    assert.ok(paths.some((path: string) => path.endsWith('/one')));
    assert.ok(paths.some((path: string) => path.endsWith('/two')));
  }),
);

testWhere(many, lack, '--check writes nothing, and fails when the file would allow another', () =>
  withTraces(({ directory, read, learn }) => {
    learn('infer', ...exact, '-o', 'a.landlock.toml', 'a.trace');
    const before = read('a.landlock.toml');
    const same = learn('infer', ...exact, '--check', '-o', 'a.landlock.toml', 'a.trace');
    assert.equal(same, { status: 0, stdout: 'both allow the same\n', stderr: '' });
    const other = learn('infer', ...exact, '--check', '-o', 'a.landlock.toml', 'b.trace');
    assert.is(other.status, 1);
    assert.match(other.stdout, /^- .*\/one read_file$/m);
    assert.match(other.stdout, /^\+ .*\/two read_file$/m);
    const more = learn(
      'infer',
      ...exact,
      '--check',
      '--json',
      '--from',
      'a.landlock.toml',
      'b.trace',
    );
    assert.is(more.status, 1);
    const { widens, new: next } = JSON.parse(more.stdout);
    assert.equal([widens, next], [true, null]);
    assert.is(read('a.landlock.toml'), before);
    assert.is(learn('infer', ...exact, '--check', '-o', 'gone', 'a.trace').status, 1);
    assert.not.ok(existsSync(join(directory, 'gone')));
    assert.is(learn('infer', ...exact, '--check', 'a.trace').status, 3);
  }),
);

testWhere(many, lack, 'learn --check does so too', () =>
  withTraces(({ read, learn }) => {
    learn('infer', ...exact, '-o', 'cat.landlock.toml', 'a.trace');
    const before = read('cat.landlock.toml');
    const same = learn(...exact, '--check', '--', 'cat', files.a);
    assert.is(same.status, 0, same.stderr);
    assert.is(same.stdout, 'text\n');
    const other = learn(...exact, '--check', '--', 'cat', files.a, files.b);
    assert.is(other.status, 1);
    assert.match(other.stderr, /^\+ .*\/two read_file$/m);
    assert.is(read('cat.landlock.toml'), before);
  }),
);

many('what is kept follows what traces differ in, and not how many there are', () =>
  inDirectory((directory) => {
    const names = Array.from({ length: 150 }, (_, number) => `${number}.trace`);
    for (const name of names) writeFileSync(join(directory, name), traceOf(`/builds/${name}`));
    // Where each has other accesses, as many traces end out of memory.
    const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=64' };
    const words = ['infer', ...exact, '-o', 'all.landlock.toml', ...names];
    const { status, stderr } = llLearn(words, { cwd: directory, env });
    assert.is(status, 0, stderr);
    assert.match(readFileSync(join(directory, 'all.landlock.toml'), 'utf8'), /WORKDIR}.d9.f999"/);
  }),
);

/** A thousand accesses in a working directory that is another for each trace. */
function traceOf(directory: string): string {
  const paths = Array.from({ length: 1000 }, (_, at) => `${directory}/d${at % 30}/f${at}`);
  return [...traceLines(traceOfOpens(directory, paths))].join('');
}

many.run();

// By itself it folds as the disk has it, which the tests write to.
const exact = ['--fold', 'exact'];
const files = { a: 'apple/one', b: 'boat/two', c: 'crane/three' };

interface Stage {
  readonly directory: string;
  readonly read: (name: string) => string;
  readonly learn: (...words: readonly string[]) => Ended;
}

/** Traces of `cat`, each of another file, with names that nobody takes for each other. */
function withTraces(act: (stage: Stage) => void): Promise<void> {
  return inDirectory(async (directory) => {
    const learn = (...words: readonly string[]) => llLearn(words, { cwd: directory });
    for (const [name, file] of Object.entries(files)) {
      mkdirSync(join(directory, dirname(file)));
      writeFileSync(join(directory, file), 'text\n');
      const trace = `${name}.trace`;
      await learnedOnce(name, join(directory, trace), directory, () => {
        assert.is(learn('record', '-o', trace, '--', 'cat', file).status, 0);
      });
    }
    act({ directory, learn, read: (name) => readFileSync(join(directory, name), 'utf8') });
  });
}

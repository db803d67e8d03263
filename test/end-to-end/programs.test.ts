import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const programs = suite('what each program needs');

interface Told {
  readonly executable: string;
  readonly starts: readonly string[];
  readonly rules: readonly { readonly path: string }[];
}

testWhere(programs, lacksTracer(), "each is told with its own, and no other's", async () => {
  await learned(({ infer, work }) => {
    const { programs: told } = JSON.parse(infer('--per-program', '--json').stdout);
    const of = (name: string): Told =>
      told.find(({ executable }: Told) => executable.endsWith(`/${name}`));
    const reads = (name: string, file: string) =>
      of(name).rules.some(({ path }) => path === join(work, file));
    assert.ok(reads('cat', 'inner') && !reads('cat', 'outer'));
    assert.ok(reads('head', 'outer') && !reads('head', 'inner'));
    assert.ok(told.some(({ starts }: Told) => starts.includes(of('cat').executable)));
    const text = infer('--per-program').stdout;
    assert.match(text, new RegExp(`^${of('cat').executable}\n(  .*\n)*?  ${work}/inner `, 'm'));
  });
});

testWhere(
  programs,
  lacksTracer() ?? lacksLandlock(),
  'a profile for one program lets it do its own, and nothing that others did',
  async () => {
    await learned(({ infer, work, directory }) => {
      const profile = join(directory, 'cat.landlock.toml');
      assert.is(infer('--program', 'cat', '-o', profile).status, 0);
      const under = (...words: readonly string[]) =>
        llLearn(['run', profile, '--', ...words], { cwd: work });
      assert.is(under('cat', 'inner').stdout, 'in\n');
      assert.is(under('cat', 'outer').status, 1);
      assert.is(under('head', 'outer').status, 126);
    });
  },
);

testWhere(programs, lacksTracer(), 'a program that did not run is told, with those that did', () =>
  learned(({ infer }) => {
    const { status, stderr } = infer('--program', 'nobody');
    assert.is(status, 2);
    assert.match(stderr, /no program that ran is called nobody: there are .*\/cat, /);
  }),
);

programs.run();

interface Lesson {
  readonly directory: string;
  readonly work: string;
  readonly infer: (...options: readonly string[]) => ReturnType<typeof llLearn>;
}

/** A trace of a shell that starts two programs, each of which reads a file of its own. */
function learned(act: (lesson: Lesson) => void) {
  return inDirectory((directory) => {
    const work = join(directory, 'work');
    const trace = join(directory, 'trace');
    mkdirSync(work);
    writeFileSync(join(work, 'inner'), 'in\n');
    writeFileSync(join(work, 'outer'), 'out\n');
    const options = ['--no-review', '--tracer', testedTracer, '--trace', trace];
    const script = 'cat inner; head -n 1 outer; true';
    const { status, stderr } = llLearn(
      [...options, '-o', join(directory, 'sh.landlock.toml'), '--', 'sh', '-c', script],
      { cwd: work },
    );
    assert.is(status, 0, stderr);
    act({
      directory,
      work,
      infer: (...more) => llLearn(['infer', '--fold', 'exact', ...more, trace]),
    });
  });
}

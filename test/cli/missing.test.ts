import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, execute, inDirectory, llLearn, ownProgram } from '../support/command.js';
import { lacksStrace, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const missing = suite('what was looked for and not there');
const script =
  'cat "$HOME/.rc" settings/a 2> /dev/null; rm -f out/made; cat out/made 2> /dev/null; echo > out/made; cat out/made';

testWhere(missing, lacksTracer(), 'is granted where a glob says so, and then works', async () => {
  await inPlace(({ record, infer, run, offers, home, directory }) => {
    record(testedTracer);
    const without = infer();
    const granted = infer('--missing', '~/.*');
    assert.not.match(without, /\/home\/\.rc"/);
    assert.match(
      granted,
      /# cat \(open(at)?\); once\n# for when it is there: .*\n.*\n.*\nparent = \["\$\{HOME\}\/\.rc"\]/,
    );
    assert.not.match(granted, /settings\/a"/);
    writeFileSync(join(home, '.rc'), 'set\n');
    assert.match(run(without).stdout, /^\n$/);
    assert.match(run(granted).stdout, /^set\n\n$/);
    assert.equal(offers('--from', join(directory, 'profile.landlock.toml')).length, 1);
  });
});

testWhere(
  missing,
  lacksTracer() ?? lacksStrace(),
  'is seen by both tracers alike, and offered',
  async () => {
    await inPlace(({ record, offers }) => {
      for (const tracer of ['permissive', 'strace']) {
        record(tracer);
        assert.equal(
          offers(),
          [
            ['home/.rc', ['read_file'], ['/usr/bin/cat']],
            ['work/settings/a', ['read_file'], ['/usr/bin/cat']],
          ],
          tracer,
        );
      }
    });
  },
);

testWhere(missing, lacksTracer(), 'is granted by a decision, each time it is offered', async () => {
  await inPlace(({ record, infer, home, directory }) => {
    record(testedTracer);
    const decisions = join(directory, 'decided.toml');
    const decision = (beneath: string) =>
      `[[decision]]\naction = "allow"\npath = "${beneath}"\nreason = "mine"\n`;
    writeFileSync(decisions, decision(join(home, '.rc')));
    assert.match(infer('--decisions', decisions), /parent = \["\$\{HOME\}\/\.rc"\]/);
    writeFileSync(decisions, decision(`${home}/**`));
    assert.not.match(infer('--decisions', decisions), /\.rc"\]/);
  });
});

testWhere(missing, lacksTracer(), 'is nothing that a configuration file may grant', async () => {
  await inPlace(({ directory, record }) => {
    record(testedTracer);
    writeFileSync(join(directory, 'work/.ll-learn.toml'), 'missing = ["/**"]\n');
    const trace = join(directory, 'trace');
    const { status, stderr } = llLearn(['infer', trace], { cwd: join(directory, 'work') });
    assert.is(status, 2);
    assert.match(stderr, /"missing" is not known here/);
  });
});

missing.run();

interface Place {
  readonly directory: string;
  readonly home: string;
  readonly record: (tracer: string) => void;
  readonly infer: (...options: readonly string[]) => string;
  readonly offers: (...options: readonly string[]) => readonly unknown[];
  readonly run: (profile: string) => Ended;
}

/** A home and a working directory of a program that looks for settings in both. */
function inPlace(act: (place: Place) => void): Promise<void> {
  return inDirectory((directory) => {
    const [home, work] = [join(directory, 'home'), join(directory, 'work')];
    for (const place of [home, join(work, 'settings'), join(work, 'out')]) {
      mkdirSync(place, { recursive: true });
    }
    const env = { PATH: process.env['PATH'], HOME: home };
    const trace = join(directory, 'trace');
    const infer = (...options: readonly string[]) => {
      const { status, stdout, stderr } = llLearn(['infer', trace, ...options], { cwd: work, env });
      assert.is(status, 0, stderr);
      return stdout;
    };
    act({
      ...{ directory, home, infer },
      record(tracer) {
        rmSync(join(work, 'out', 'made'), { force: true });
        const words = ['record', '--tracer', tracer, '-o', trace, '--', 'sh', '-c', script];
        const { status, stderr } = llLearn(words, { cwd: work, env });
        assert.is(status, 0, stderr);
        assert.match(readFileSync(trace, 'utf8'), /^\{"kind":"header","format":2/);
      },
      offers: (...options) =>
        JSON.parse(infer('--json', ...options)).offers.map(
          ({ path, access, uses }: { path: string; access: string[]; uses: Use[] }) => [
            path.slice(directory.length + 1),
            access,
            uses.map(({ executable }) => executable),
          ],
        ),
      run(profile) {
        const file = join(directory, 'profile.landlock.toml');
        writeFileSync(file, profile);
        const words = [process.execPath, ownProgram, 'run', file, '--', 'sh', '-c', script];
        return execute(words, { cwd: work, env });
      },
    });
  });
}

interface Use {
  readonly executable: string;
}

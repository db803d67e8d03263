import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const portable = suite('profiles for wherever they are enforced');
const lack = lacksLandlock(7) ?? lacksTracer();

testWhere(portable, lack, 'another home and directory give the same file, byte for byte', () =>
  inTwoPlaces((one, other) => {
    const text = learned(one);
    assert.is(learned(other), text);
    assert.match(text, /^parent = \["\$\{HOME\}\/\.settings"\]$/m);
    assert.match(text, /^parent = \["\$\{WORKDIR\}"\]$/m);
    assert.not.match(text, /^\[\[variable\]\]/m);
  }),
);

testWhere(portable, lack, 'runs of several people are runs of one program', () =>
  inTwoPlaces((one, other) => {
    for (const place of [one, other]) learned(place);
    const traces = [one, other].map(({ work }) => join(work, 't.jsonl'));
    const infer = (files: readonly string[], place: Place) => {
      const { status, stdout, stderr } = place.does(['infer', '--reproducible', ...files]);
      assert.is(status, 0, stderr);
      return stdout;
    };
    const text = infer(traces, one);
    assert.is(infer([...traces].reverse(), other), text);
    assert.match(text, /^parent = \["\$\{HOME\}\/\.settings"\]$/m);
    assert.not.match(text, /of 2 runs|one\/|other\//, 'each rule was needed by both');
  }),
);

testWhere(portable, lack, 'a profile that is extended elsewhere gets rules for everywhere', () =>
  inTwoPlaces((one, other) => {
    learned(one);
    const from = join(one.work, 'p.landlock.toml');
    const more = other.does([
      ...['--no-review', '--reproducible', '--from', from, '-o', from, '--', 'sh', '-c'],
      'cat ~/.settings ~/.further',
    ]);
    assert.match(more.stderr, /wrote .*: 1 further rule /, more.stderr);
    assert.match(readFileSync(from, 'utf8'), /^parent = \["\$\{HOME\}\/\.further"\]$/m);
  }),
);

testWhere(portable, lack, '--literal writes paths as they are', () =>
  inTwoPlaces((one, other) => {
    assert.not.match(learned(one, '--literal'), /\$\{/);
    const profile = join(one.work, 'p.landlock.toml');
    const words = ['run', profile, '--', 'sh', '-c', 'cat ~/.settings'];
    assert.is(one.does(words).status, 0);
    assert.is(other.does(words).status, 1);
  }),
);

testWhere(portable, lack, 'what the file beside it says of a variable holds', () =>
  inTwoPlaces((one, other) => {
    learned(one);
    const profile = join(one.work, 'p.landlock.toml');
    const words = ['run', profile, '--', 'sh', '-c', `cat ${one.home}/.settings`];
    assert.is(other.does(words).status, 1);
    writeFileSync(
      join(one.work, 'p.local.toml'),
      `[[variable]]\nname = "HOME"\nliteral = ["${one.home}", "${other.home}"]\n`,
    );
    assert.is(other.does(words).status, 0);
  }),
);

testWhere(portable, lack, 'an export is for whoever exports, and says so', () =>
  inTwoPlaces((one, other) => {
    learned(one);
    const profile = join(one.work, 'p.landlock.toml');
    const script = other.does(['export', profile, '--to', 'setpriv']);
    assert.ok(script.stdout.includes(`:${other.home}/.settings`));
    const note = `setpriv: note: it is for HOME=${other.home}, LOADER=`;
    assert.ok(script.stderr.includes(note), script.stderr);
    const config = other.does(['export', profile, '--to', 'landlockconfig-toml']);
    assert.ok(config.stdout.includes(`name = "HOME"\nliteral = ["${other.home}"]`));
    const astray = other.does(['export', profile, '--to', 'landlockconfig-toml'], '/');
    assert.match(
      astray.stderr,
      /tightens: left out, .* \$\{WORKDIR\}, which is \/ here, a place of/,
    );
    assert.not.match(astray.stdout, /WORKDIR/);
    const unit = other.does(['export', profile, '--to', 'systemd'], '/');
    assert.match(
      unit.stderr,
      /note: \$\{HOME\}, .*\$\{WORKDIR\} are what they are for the service/,
    );
    assert.not.match(unit.stderr, /tightens/);
  }),
);

testWhere(portable, lack, 'a report holds the runs of others against what is granted here', () =>
  inTwoPlaces((one, other) => {
    learned(one);
    const words = ['export', join(one.work, 'p.landlock.toml'), '--to', 'html', '--trace'];
    const { status, stdout, stderr } = other.does([...words, join(one.work, 't.jsonl')]);
    assert.is(status, 0, stderr);
    assert.not.match(stdout, /Seen, and not granted/);
    assert.ok(stdout.includes(`${other.home}/.settings`));
    assert.not.ok(stdout.includes(one.home));
  }),
);

testWhere(portable, lack, 'differences are the same for everybody', () =>
  inTwoPlaces((one, other) => {
    learned(one);
    const old = join(one.work, 'p.landlock.toml');
    const next = join(one.work, 'q.landlock.toml');
    const text = readFileSync(old, 'utf8');
    writeFileSync(next, text.replace('${HOME}/.settings', '${HOME}/.ssh'));
    const told = '+ ${HOME}/.ssh read_file (medium)\n- ${HOME}/.settings read_file\n';
    for (const place of [one, other]) {
      const { status, stdout } = place.does(['diff', old, next], '/');
      assert.is(status, 1);
      assert.is(stdout.split('\n').slice(0, 2).sort().join('\n'), told.trim());
    }
    writeFileSync(next, `${text}\n[[variable]]\nname = "HOME"\nliteral = ["${one.home}"]\n`);
    assert.match(
      one.does(['diff', old, next]).stdout,
      /^- \$\{HOME\} is what it is where it is enforced\n\+ \$\{HOME\} is \//m,
    );
  }),
);

portable.run();

interface Place {
  readonly home: string;
  readonly work: string;
  readonly does: (words: readonly string[], directory?: string) => Ended;
}

function inTwoPlaces(act: (one: Place, other: Place) => void): Promise<void> {
  return inDirectory((directory) => {
    act(place(directory, 'one'), place(directory, 'other'));
  });
}

/** A home with settings, and a directory to work in that is none of its parts. */
function place(directory: string, name: string): Place {
  const home = join(directory, name, 'home');
  const work = join(directory, name, 'work');
  for (const made of [home, work]) mkdirSync(made, { recursive: true });
  for (const file of ['.settings', '.further', '.ssh']) writeFileSync(join(home, file), '');
  return {
    ...{ home, work },
    does: (words, from = work) =>
      llLearn(words, { cwd: from, env: { PATH: process.env['PATH'], HOME: home } }),
  };
}

/** What is learned there, as p.landlock.toml, with its trace beside it. */
function learned({ work, does }: Place, ...options: readonly string[]): string {
  const words = ['--no-review', '--reproducible', '-o', 'p.landlock.toml', '--trace', 't.jsonl'];
  const script = 'cat ~/.settings > made; rm made';
  const { status, stderr } = does([...words, ...options, '--', 'sh', '-c', script]);
  assert.is(status, 0, stderr);
  return readFileSync(join(work, 'p.landlock.toml'), 'utf8');
}

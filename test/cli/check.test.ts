import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { learnedOnce } from '../support/learned-once.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';

const check = suite('ll-learn check');
const lack = lacksLandlock(7) ?? lacksTracer();
const profile = 'p.landlock.toml';

testWhere(
  check,
  lack,
  'a run that the profile allows is clean, whatever the command’s status',
  () =>
    staged('cat file', (home) => {
      const { status, stdout, stderr } = checked(home, 'cat file');
      assert.is(status, 0);
      assert.is(stdout, 'text\n');
      assert.is(
        stderr,
        'll-learn: sh exited with status 0; p.landlock.toml allows all that it did\n',
      );
      const failing = checked(home, 'cat file; exit 7');
      assert.is(failing.status, 0);
      assert.match(
        failing.stderr,
        /^ll-learn: sh exited with status 7; p\.landlock\.toml allows all/,
      );
    }),
);

testWhere(
  check,
  lack,
  'what would be denied is let go, told as the audit spells it, and explained',
  () =>
    staged('cat file', (home) => {
      const { status, stdout, stderr } = checked(home, 'cat other other');
      assert.is(status, 1);
      assert.is(stdout, 'text\ntext\n');
      const [live, ended, what, nearest, change, next] = stderr.split('\n');
      assert.match(
        live ?? '',
        /^ll-learn: domain=[0-9a-f]+ blockers=fs\.read_file path=".*\/other" dev="\w+" ino=\d+ \(cat, openat\)$/,
      );
      assert.is(
        ended,
        'll-learn: sh exited with status 0; under p.landlock.toml 1 access (2 calls) would have been denied',
      );
      assert.is(what, `  fs.read_file on ${home}/other: cat (openat), 2 times, EACCES`);
      assert.is(nearest, '    nearest: no rule lies on it or above');
      assert.is(change, `    change: allow read_file on ${home}/other`);
      assert.is(
        next,
        "  add what is lacking: ll-learn --from p.landlock.toml -- sh -c 'cat other other'",
      );
    }),
);

testWhere(check, lack, 'the rule that came nearest is told with its place', () =>
  staged('echo x > new', (home) => {
    rmSync(join(home, 'new'), { force: true });
    const { stderr } = checked(home, 'echo x > new; rm new');
    assert.match(stderr, /fs\.remove_file on .*: rm \(unlinkat\), once, EACCES\n/);
    assert.match(
      stderr,
      /nearest: the rule on .* \{write_file,make_reg,truncate\} \(p\.landlock\.toml:\d+\)\n/,
    );
    assert.match(stderr, /change: allow remove_file on /);
  }),
);

const lateTracer =
  testedTracer === 'strace' ? 'strace tells of calls when they are over' : undefined;

testWhere(check, lack ?? lateTracer, 'denials are told while the run goes on', () =>
  staged('cat file; sleep 0', (home) => {
    const { stderr } = checked(home, 'cat other; sleep 0.3; echo the end >&2');
    assert.match(stderr, /^ll-learn: domain=.*other.*\nthe end\nll-learn: sh exited/);
  }),
);

testWhere(
  check,
  lack ?? lateTracer,
  'a file that is replaced has lost its rule, as in the kernel',
  () =>
    staged('cat file; cp file new; mv new file', (home) => {
      const text = readFileSync(join(home, profile), 'utf8');
      // The rule for the replaced file, on its directory, gives way to one on the file.
      const narrowed = text.replace(
        /allowed_access = \["write_file", "read_file"(.*\nparent = \[")/,
        `allowed_access = ["read_file"]\nparent = ["${home}/file"]\n\n[[path_beneath]]\nallowed_access = ["write_file"$1`,
      );
      assert.is.not(narrowed, text);
      writeFileSync(join(home, profile), narrowed);
      const { status, stderr } = checked(home, 'cat file; cp file new; mv new file; cat file');
      assert.is(status, 1);
      const denied = [...stderr.matchAll(/blockers=(\S+) path="\S*\/(\w+)".*\((\w+), /g)];
      assert.equal(
        denied.map(([, blockers, name, who]) => `${who} ${name} ${blockers}`),
        ['cat file fs.read_file'],
      );
      const enforced = llLearn(
        ['run', profile, '--', 'sh', '-c', 'cat file; cp file new; mv new file; cat file'],
        { cwd: home },
      );
      assert.match(enforced.stderr, /cat: file: Permission denied/);
    }),
);

testWhere(check, lack, 'a log of the denials is read by infer', () =>
  staged('cat file', (home) => {
    const { status, stderr } = checked(home, 'cat "other"', '--log', 'denials.log');
    assert.is(status, 1);
    assert.not.match(stderr, /domain=/);
    const { stdout } = llLearn(['infer', '--from', profile, 'denials.log'], { cwd: home });
    assert.ok(stdout.includes('parent = ["${WORKDIR}/other"]'), stdout);
    const refused = checked(home, 'touch ran', '--log', 'no/such/place');
    assert.is(refused.status, 2);
    assert.match(refused.stderr, /nothing was run: the log no\/such\/place cannot be written/);
    assert.not.ok(existsSync(join(home, 'ran')));
  }),
);

testWhere(check, lack, 'scopes and mounts are told with what no rule can do', () =>
  staged('true', (home) => {
    const { stderr } = checked(home, `kill -0 ${process.pid}`); // Ours, so that it may.
    assert.match(stderr, /blockers=scope\.signal/);
    assert.match(stderr, /change: leave signal out of "scoped": no rule makes an exception/);
  }),
);

testWhere(check, lack, '--json gives the same, and nothing else of ours', () =>
  staged('cat file', (home) => {
    const { status, stderr } = checked(home, 'cat other', '--json');
    assert.is(status, 1);
    const { denials, outcome, ...rest } = JSON.parse(stderr);
    assert.equal(rest.gaps, []);
    assert.equal(outcome, { kind: 'exited', status: 0 });
    assert.is(denials.length, 1);
    const [{ record, object, ...denial }] = denials;
    assert.match(record, /^domain=[0-9a-f]+ blockers=fs\.read_file path=/);
    assert.is(object.path, `${home}/other`);
    assert.match(denial.executable, /\/cat$/);
    assert.equal(denial.remedy, { kind: 'path', path: `${home}/other`, access: ['read_file'] });
    assert.is(denial.nearest, null);
    assert.is(denial.errno, 'EACCES');
  }),
);

testWhere(check, lack, 'rules whose path is gone are told before the run', () =>
  staged('cat file other', (home) => {
    rmSync(join(home, 'other'));
    assert.match(
      checked(home, 'cat file').stderr,
      /^ll-learn: p\.landlock\.toml: 1 rule is left out, whose path does not exist here: \S*\/other \(line \d+\)\n/,
    );
  }),
);

testWhere(check, lack, 'a profile for an ABI that nobody knows yet is told', () =>
  staged('cat file', (home) => {
    const text = readFileSync(join(home, profile), 'utf8');
    writeFileSync(join(home, profile), text.replace(/^abi = \d+/m, 'abi = 99'));
    assert.match(
      checked(home, 'cat file').stderr,
      /^ll-learn: p\.landlock\.toml is for Landlock ABI 99, and this ll-learn knows up to ABI \d+: it is taken for that\n/,
    );
  }),
);

check.run();

function checked(home: string, script: string, ...options: readonly string[]): Ended {
  const tracer = ['--tracer', testedTracer];
  return llLearn(['check', ...tracer, ...options, profile, '--', 'sh', '-c', script], {
    cwd: home,
    env: { ...process.env, HOME: '/nonexistent' },
  });
}

/** A directory with two files, and a profile that was learned in one like it. */
function staged(script: string, act: (home: string) => void): Promise<void> {
  return inDirectory(async (made) => {
    const home = realpathSync(made);
    for (const name of ['file', 'other']) writeFileSync(join(home, name), 'text\n');
    await learnedOnce(`check ${script}`, join(home, profile), home, () => learnIn(home, script));
    act(home);
  });
}

function learnIn(home: string, script: string): void {
  const tracer = ['--tracer', testedTracer];
  const { status, stderr } = llLearn(
    ['--no-review', '--fold', 'exact', ...tracer, '-o', profile, '--', 'sh', '-c', script],
    { cwd: home, env: { ...process.env, HOME: '/nonexistent' } },
  );
  assert.is(status, 0, stderr);
}

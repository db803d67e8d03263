import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { learnedOnce } from '../support/learned-once.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const verify = suite('ll-learn verify');
const lack = lacksLandlock(7) ?? lacksTracer();
const profile = 'p.landlock.toml';

testWhere(verify, lack, 'a profile under which the command does what it did is verified', () =>
  staged('cat file', (home) => {
    const { status, stdout, stderr } = verified(home, 'cat file');
    assert.is(stdout, 'text\n');
    const [ended, denied, last] = stderr.split('\n');
    assert.match(
      ended ?? '',
      /^ll-learn: sh exited with status 0 under p\.landlock\.toml; nothing was denied/,
    );
    assert.match(denied ?? '', /^ {2}\d+ places of secrets are denied: /);
    assert.is(last, '  verified: p.landlock.toml');
    assert.is(status, 0);
  }),
);

testWhere(verify, lack, 'what the kernel denies is told with the right that is missing', () =>
  staged('cat file', (home) => {
    const { status, stdout, stderr } = verified(home, 'cat other || cat file');
    assert.is(stdout, 'text\n');
    assert.match(stderr, /^cat: other: Permission denied\n/);
    assert.match(stderr, /sh exited with status 0 under p\.landlock\.toml; 1 access was denied/);
    const [, nearest, change] = lines(
      stderr,
      / {2}high: denied: .*other: cat \(openat\), once, EACCES$/,
    );
    assert.is(nearest, '    nearest: no rule lies on it or above');
    assert.is(change, `    change: allow read_file on ${home}/other`);
    assert.match(stderr, /\n {2}not verified: p\.landlock\.toml\n$/);
    assert.is(status, 1);
  }),
);

testWhere(verify, lack, 'a command that may not even be executed is a denial like others', () =>
  staged('cat file', (home) => {
    const { status, stderr } = llLearn(['verify', profile, '--', 'mkdir', 'made'], inside(home));
    assert.match(
      stderr,
      /denied: fs\.execute, fs\.read_file on \S*\/mkdir: .*\(execve\), once, EACCES/,
    );
    assert.match(stderr, /mkdir exited with status 126, where 0 was expected\n/);
    assert.not.ok(existsSync(join(home, 'made')));
    assert.is(status, 1);
  }),
);

testWhere(verify, lack, 'a command that fails though nothing is denied is told', () =>
  staged('cat file', (home) => {
    const failing = verified(home, 'cat file; exit 7');
    assert.match(
      failing.stderr,
      /high: sh exited with status 7, where 0 was expected, and nothing was denied: it fails by itself/,
    );
    assert.is(failing.status, 1);
    assert.is(verified(home, 'cat file; exit 7', '--status', '7').status, 0);
  }),
);

testWhere(verify, lack, '--fix adds what is denied, round by round, and nothing else goes', () =>
  staged('cat file', (home) => {
    const before = readFileSync(join(home, profile), 'utf8');
    const { status, stderr } = verified(home, 'cat other; cat < third', '--fix');
    assert.match(stderr, /ll-learn: round 1: 2 denied; added read_file on \S*other; read_file on /);
    assert.match(stderr, /wrote p\.landlock\.toml: what was denied was added, in one round\n/);
    assert.is(status, 0);
    const after = readFileSync(join(home, profile), 'utf8');
    for (const line of before.split('\n').filter((one) => one.startsWith('parent'))) {
      assert.ok(after.includes(line), line);
    }
    assert.is(verified(home, 'cat other; cat < third').status, 0);
  }),
);

testWhere(
  verify,
  lack,
  '--fix leaves a profile that was written by hand, and one that is well',
  () =>
    staged('cat file', (home) => {
      const text = readFileSync(join(home, profile), 'utf8');
      assert.is(verified(home, 'cat file', '--fix').status, 0);
      assert.is(readFileSync(join(home, profile), 'utf8'), text);
      writeFileSync(join(home, profile), text.replace(/^\[learned\][\s\S]*/m, ''));
      const { status, stderr } = verified(home, 'cat other', '--fix');
      assert.match(
        stderr,
        /was not written by ll-learn \(it has no \[learned\]\): it stays as it is/,
      );
      assert.is(status, 2);
      assert.is(verified(home, 'cat other', '--fix', '-o', 'q.landlock.toml').status, 0);
    }),
);

testWhere(verify, lack, '--fix does not add what must be denied', () =>
  staged('cat file', (home) => {
    const before = readFileSync(join(home, profile), 'utf8');
    const { status, stderr } = verified(home, 'cat other', '--fix', '--must-deny', 'other');
    assert.match(stderr, /denied: fs\.read_file on \S*\/other/);
    assert.is(readFileSync(join(home, profile), 'utf8'), before);
    assert.is(status, 1);
  }),
);

testWhere(
  verify,
  lack ?? lacksPrograms('bash'),
  '--fix leaves ports closed that must be denied',
  () =>
    staged('bash -c :', (home) => {
      const connect = 'bash -c ": > /dev/tcp/127.0.0.1/9" || :';
      const { stderr } = verified(home, connect, '--fix', '--must-deny', '9');
      assert.match(stderr, /denied: net\.connect_tcp on port 9: bash \(connect\), once, EACCES\n/);
      assert.not.match(readFileSync(join(home, profile), 'utf8'), /net_port/);
    }),
);

testWhere(
  verify,
  lack,
  '--minimise tells what the command did without, and --fix takes it away',
  () =>
    staged('cat file other', (home) => {
      const { status, stderr } = verified(home, 'cat file', '--minimise');
      assert.match(stderr, /low: not needed: read_file on \S*\/other \(the whole rule there\)\n/);
      assert.is(status, 1);
      assert.is(verified(home, 'cat file', '--minimise', '--fix').status, 0);
      const less = readFileSync(join(home, profile), 'utf8');
      assert.not.match(less, /\/other"/);
      assert.match(less, /\/file"/);
      assert.match(
        verified(home, 'cat file', '--minimise').stderr,
        /each of its rights was needed\n/,
      );
      assert.is(verified(home, 'cat other').status, 1);
    }),
);

testWhere(verify, lack, 'what was added by hand beside the profile is not taken away', () =>
  staged('cat file', (home) => {
    const local = `[[path_beneath]]\nallowed_access = ["read_file"]\nparent = ["${home}/other"]\n`;
    writeFileSync(join(home, 'p.local.toml'), local);
    const { status, stderr } = verified(home, 'cat file', '--minimise', '--fix');
    assert.match(stderr, /not needed: read_file on \S*\/other/);
    assert.is(readFileSync(join(home, 'p.local.toml'), 'utf8'), local);
    assert.is(status, 1);
  }),
);

testWhere(verify, lack, 'a rule that opens secrets is found, unless it is meant', () =>
  staged('cat file', (home) => {
    mkdirSync(join(home, '.ssh'));
    writeFileSync(join(home, '.ssh/id_ed25519'), 'key');
    assert.is(verified(home, 'cat file').status, 0);
    widen(home);
    const { status, stderr } = verified(home, 'cat file');
    assert.match(
      stderr,
      /high: allowed: read_file on \S*\/\.ssh\/id_ed25519( and \d+ more)?, by the rule on \S+ \{read_file\} \(p\.landlock\.toml:\d+\) \(private keys: it lets one log in elsewhere as the user\)/,
    );
    assert.is(status, 1);
    assert.is(verified(home, 'cat file', '--may-allow', '~').status, 0);
  }),
);

testWhere(
  verify,
  lack,
  '--must-deny is tried: files, directories with what is in them, and ports',
  () =>
    staged('cat file', (home) => {
      const denied = ['other', `${home}/nothing`, '443', 'third*'];
      const { status } = verified(
        home,
        'cat file',
        ...denied.flatMap((one) => ['--must-deny', one]),
      );
      assert.is(status, 0);
      symlinkSync('.', join(home, 'alias'));
      const alias = verified(home, 'cat file', '--must-deny', './alias');
      assert.match(
        alias.stderr,
        /allowed: read_file on \S*\/alias\/file, by the rule on \S*\/file /,
      );
      const found = verified(home, 'cat file', '--must-deny', home, '--must-deny', 'udp:53');
      assert.match(
        found.stderr,
        /allowed: read_file on \S*\/file, by the rule on .*\(--must-deny \//,
      );
      assert.match(
        found.stderr,
        /allowed: bind_udp, connect_send_udp on udp port 53, which is not restricted \(--must-deny udp:53\)/,
      );
      assert.is(found.status, 1);
    }),
);

testWhere(verify, lack, '--json tells the same, and how each thing was found', () =>
  staged('cat file', (home) => {
    writeFileSync(join(home, 'tried'), 'text');
    const { status, stderr } = verified(home, 'cat other', '--json', '--must-deny', 'tried');
    const [last = ''] = stderr.trimEnd().split('\n').slice(-1);
    const { denials, probes, findings, ...rest } = JSON.parse(last);
    assert.is(rest.verified, false);
    assert.is(rest.expected, 0);
    assert.is(rest.needless, null);
    assert.is(denials.length, 1);
    assert.ok(['tried', 'both'].includes(denials[0].told), denials[0].told);
    assert.equal(denials[0].remedy, { kind: 'path', path: `${home}/other`, access: ['read_file'] });
    const probe = probes.find(({ path }: { path: string }) => path === `${home}/tried`);
    assert.equal(probe.tried, [
      { how: 'read', outcome: { kind: 'denied' } },
      { how: 'write', outcome: { kind: 'denied' } },
    ]);
    assert.is(probe.proven, true);
    assert.equal(
      findings.map(({ rule }: { rule: string }) => rule),
      ['denied-access', 'command-failed'],
    );
    assert.is(status, 1);
  }),
);

testWhere(verify, lack, '--sarif and --junit are written whole', () =>
  staged('cat file', (home) => {
    const { status } = verified(home, 'cat other', '--sarif', 'out.sarif', '--junit', 'out.xml');
    assert.is(status, 1);
    const [run] = JSON.parse(readFileSync(join(home, 'out.sarif'), 'utf8')).runs;
    assert.equal(
      run.results.map(({ ruleId }: { ruleId: string }) => ruleId),
      ['denied-access', 'command-failed'],
    );
    assert.match(
      readFileSync(join(home, 'out.xml'), 'utf8'),
      /<testsuite name="p\.landlock\.toml" /,
    );
    const refused = verified(home, 'cat file', '--sarif', 'no/such/place');
    assert.match(refused.stderr, /cannot write the SARIF log no\/such\/place/);
    assert.is(refused.status, 2);
  }),
);

testWhere(verify, lack, 'what the profile wants to exist is made first', () =>
  staged('cat file', (home) => {
    const made = `[[create]]\npath = "${home}/made"\nkind = "directory"\nmode = "0700"\n\n[[path_beneath]]\nallowed_access = ["write_file", "make_reg"]\nparent = ["${home}/made"]\n\n[learned]`;
    const text = readFileSync(join(home, profile), 'utf8').replace('[learned]', made);
    writeFileSync(join(home, profile), text);
    const { status, stderr } = verified(home, 'echo x > made/new');
    assert.is(status, 0, stderr);
    assert.match(stderr, /^ll-learn: made \S*\/made, as the profile says\n/);
    assert.ok(existsSync(join(home, 'made/new')));
  }),
);

testWhere(verify, lack, 'a profile that cannot be read, and a command that is not there', () =>
  inDirectory((home) => {
    const missing = llLearn(['verify', 'none.toml', '--', 'true'], inside(home));
    assert.match(missing.stderr, /^ll-learn: none\.toml: there is no such file/);
    assert.is(missing.status, 2);
    writeFileSync(join(home, profile), 'abi = "x"\n');
    chmodSync(join(home, profile), 0o600);
    assert.match(
      llLearn(['verify', profile, '--', 'true'], inside(home)).stderr,
      /p\.landlock\.toml:1:\d+/,
    );
    assert.is(llLearn(['verify', profile, '--', './none'], inside(home)).status, 127);
  }),
);

/** What follows a line, from that on. */
function lines(text: string, first: RegExp): readonly string[] {
  const all = text.split('\n');
  return all.slice(all.findIndex((line) => first.test(line)));
}

/** The rule on the file becomes one on its directory. */
function widen(home: string): void {
  const text = readFileSync(join(home, profile), 'utf8');
  const wide = text.replace('parent = ["${HOME}/file"]', 'parent = ["${HOME}"]');
  assert.is.not(wide, text);
  writeFileSync(join(home, profile), wide);
}

function verified(home: string, script: string, ...options: readonly string[]): Ended {
  return llLearn(['verify', ...options, profile, '--', 'sh', '-c', script], inside(home));
}

function inside(home: string) {
  return { cwd: home, env: { ...process.env, HOME: home } };
}

/** A directory with three files, and a profile that was learned in one like it. */
function staged(script: string, act: (home: string) => void): Promise<void> {
  return inDirectory(async (made) => {
    const home = realpathSync(made);
    for (const name of ['file', 'other', 'third']) writeFileSync(join(home, name), 'text\n');
    await learnedOnce(`verify ${script}`, join(home, profile), home, () => learnIn(home, script));
    act(home);
  });
}

function learnIn(home: string, script: string): void {
  const learn = ['--no-review', '--fold', 'exact', '-o', profile, '--', 'sh', '-c', script];
  const { status, stderr } = llLearn(learn, inside(home));
  assert.is(status, 0, stderr);
}

verify.run();

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, inDirectory, llLearn } from '../support/command.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { Terminal } from '../support/terminal.js';
import { lacksTracer } from '../support/tracer.js';

const from = suite('starting from a profile');
const lack = lacksLandlock(7) ?? lacksTracer();
const profile = 'p.landlock.toml';

testWhere(from, lack, 'what a profile grants already is not said again', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'cat /etc/hostname > out');
    const before = read(home, profile);
    const { status, stderr } = learn(home, ['--from', profile], 'cat /etc/hostname > out');
    assert.is(status, 0);
    assert.is(
      stderr,
      'll-learn: sh exited with status 0; p.landlock.toml lacks nothing: it stays as it is\n',
    );
    assert.is(read(home, profile), before);
  }),
);

testWhere(from, lack, 'what it lacks is added, and its own rules stay with their reasons', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'cat /etc/hostname > out');
    const before = read(home, profile);
    const { status, stderr } = learn(home, ['--from', profile], 'cat /etc/passwd >> out; rm out');
    assert.is(status, 0, stderr);
    assert.match(stderr, /wrote p\.landlock\.toml: 3 further rules for ABI \d+/);
    const after = read(home, profile);
    for (const line of rulesOf(before)) assert.ok(after.includes(line), `lost: ${line}`);
    assert.match(
      after,
      /# cat \(openat\); once\n.*\nallowed_access = .*\nparent = \["\/etc\/passwd"\]/,
    );
    assert.match(
      after,
      /rm \(unlinkat\); .*\n(?:#.*\n)*\[\[path_beneath\]\]\nallowed_access = .*"remove_file"/,
    );
    assert.match(after, /^commands = \[\["sh", "-c", "cat \/etc\/hostname > out"\], \["sh"/m);
    for (const script of ['cat /etc/hostname > out', 'cat /etc/passwd >> out; rm out']) {
      assert.is(llLearn(['run', profile, '--', 'sh', '-ec', script], at(home)).status, 0);
    }
    const again = learn(home, ['--from', profile], 'cat /etc/passwd >> out; rm out');
    assert.match(again.stderr, /lacks nothing/);
    assert.is(read(home, profile), after);
  }),
);

testWhere(from, lack, 'with --output the profile itself stays as it is', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'true');
    const before = read(home, profile);
    learn(home, ['--from', profile, '-o', 'q.landlock.toml'], 'cat /etc/hostname');
    assert.is(read(home, profile), before);
    assert.match(read(home, 'q.landlock.toml'), /\/etc\/hostname/);
    const same = learn(home, ['--from', profile, '-o', 'r.landlock.toml'], 'true');
    assert.match(same.stderr, /lacks nothing: wrote r\.landlock\.toml/);
    assert.ok(existsSync(join(home, 'r.landlock.toml')));
  }),
);

testWhere(from, lack, 'additions by hand count, and are not copied', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'cat /dev/null');
    writeFileSync(
      join(home, 'p.local.toml'),
      '[[path_beneath]]\nallowed_access = ["read_file"]\nparent = ["/etc/hostname"]\n',
    );
    const { stderr } = learn(home, ['--from', profile], 'cat /etc/hostname');
    assert.match(stderr, /lacks nothing/);
    assert.not.match(read(home, profile), /hostname/);
  }),
);

testWhere(from, lack, 'a profile written by hand is not written over', () =>
  inDirectory((home) => {
    writeFileSync(join(home, profile), 'abi = 7\n[[ruleset]]\nhandled_access_fs = ["abi.all"]\n');
    const refused = learn(home, ['--from', profile], 'true');
    assert.is(refused.status, 2);
    assert.match(refused.stderr, /p\.landlock\.toml exists and was not written by ll-learn/);
    assert.is(learn(home, ['--from', profile, '-o', 'q.landlock.toml'], 'true').status, 0);
    assert.is(llLearn(['run', 'q.landlock.toml', '--', 'sh', '-c', 'true'], at(home)).status, 0);
  }),
);

testWhere(from, lack, 'a profile that cannot be read is told before anything is run', () =>
  inDirectory((home) => {
    const { status, stderr } = learn(home, ['--from', 'none.toml'], 'touch ran');
    assert.is(status, 2);
    assert.match(stderr, /^ll-learn: none\.toml: there is no such file/);
    assert.not.ok(existsSync(join(home, 'ran')));
  }),
);

testWhere(
  from,
  lack,
  'what moves may gain by the rules that are given is granted at its source',
  () =>
    inDirectory((home) => {
      learn(home, ['-o', profile], 'mkdir -p a b');
      writeFileSync(
        join(home, 'p.local.toml'),
        `[[path_beneath]]\nallowed_access = ["read_file", "execute"]\nparent = ["${home}/b"]\n`,
      );
      const move = 'perl -e \'exit !rename "a/x", "b/x"\'';
      writeFileSync(join(home, 'a', 'x'), '');
      assert.is(learn(home, ['--from', profile], move).status, 0);
      writeFileSync(join(home, 'a', 'x'), '');
      assert.is(llLearn(['run', profile, '--', 'sh', '-c', move], at(home)).status, 0);
    }),
);

testWhere(from, lack, 'a trace and a log of denials add to one profile', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'true');
    learn(home, ['-o', 'x.toml', '--trace', 'x.jsonl'], 'cat /etc/hostname');
    writeFileSync(
      join(home, 'audit.log'),
      [
        'type=LANDLOCK_ACCESS msg=audit(1.5:1): domain=1 blockers=fs.read_file path="/etc/passwd" dev="vda" ino=1',
        'type=LANDLOCK_ACCESS msg=audit(1.5:2): domain=1 blockers=net.connect_tcp daddr=127.0.0.1 dest=443',
        '',
      ].join('\n'),
    );
    const { status, stdout } = llLearn(['infer', '--from', profile, 'x.jsonl', 'audit.log'], {
      cwd: home,
    });
    assert.is(status, 0);
    for (const part of ['"/etc/hostname"', '"/etc/passwd"', 'port = [443]']) {
      assert.ok(stdout.includes(part), part);
    }
  }),
);

testWhere(from, lack, 'a denial of what is granted already is said', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'cat /etc/hostname');
    writeFileSync(
      join(home, 'audit.log'),
      'type=LANDLOCK_ACCESS msg=audit(1.5:1): domain=1 blockers=fs.read_file path="/etc/hostname" dev="vda" ino=1\n',
    );
    const { status, stderr } = llLearn(['infer', '--from', profile, 'audit.log'], at(home));
    assert.is(status, 0);
    assert.match(stderr, /p\.landlock\.toml grants fs\.read_file on \/etc\/hostname already: /);
    assert.match(stderr, /p\.landlock\.toml lacks nothing of what was read/);
  }),
);

from('a damaged line of a log of denials is told with its number', () =>
  inDirectory((home) => {
    writeFileSync(join(home, 'audit.log'), '\ntype=LANDLOCK_ACCESS msg=audit(1.5:1): domain=1\n');
    const { status, stderr } = llLearn(['infer', 'audit.log'], at(home));
    assert.is(status, 2);
    assert.is(
      stderr,
      'll-learn: audit.log:2: this is a denial of Landlock\'s, but it has no "blockers=": the line may be cut off; take it out, or read a whole log\n',
    );
  }),
);

testWhere(from, lack ?? lacksPrograms('tmux'), 'the review asks about what is lacking alone', () =>
  inDirectory((home) => {
    learn(home, ['-o', profile], 'cat /etc/hostname');
    const terminal = new Terminal(home);
    try {
      terminal.type(`ll-learn --from ${profile} -- sh -c 'cat /etc/passwd'`);
      terminal.press('Enter');
      terminal.waitFor('/etc/passwd');
      assert.not.match(terminal.screen(), /hostname/);
      terminal.press('w');
      terminal.waitFor('further rule');
      assert.match(read(home, profile), /hostname/);
      assert.match(read(home, profile), /passwd/);
    } finally {
      terminal.close();
    }
  }),
);

from.run();

function learn(home: string, options: readonly string[], script: string): Ended {
  return llLearn(['--no-review', ...options, '--', 'sh', '-c', script], at(home));
}

/** Where what the profile calls `${HOME}` is that directory. */
function at(home: string) {
  return { cwd: home, env: { ...process.env, XDG_STATE_HOME: join(home, 'state'), HOME: home } };
}

function read(home: string, name: string): string {
  return readFileSync(join(home, name), 'utf8');
}

/** The lines that name what rules lie on. */
function rulesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('parent = '));
}

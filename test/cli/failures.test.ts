import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, execute, inDirectory, llLearn, ownProgram } from '../support/command.js';
import {
  lacksLandlock,
  lacksPrograms,
  lacksRoot,
  lacksStrace,
  lacksWayForOthers,
  testWhere,
} from '../support/requirements.js';

const failures = suite('failures');
const lack = lacksStrace() ?? lacksLandlock(7);

testWhere(failures, lack, 'a target that fails makes no profile, and the trace is kept', () =>
  inDirectory((home) => {
    const { status, stderr } = learnIn(home, ['sh', '-c', 'exit 3']);
    assert.is(status, 1);
    const trace = keptIn(home, 'sh');
    assert.is(
      stderr,
      `ll-learn: sh exited with status 3, so sh.landlock.toml was not written (--keep-partial writes it all the same)
ll-learn: the trace is kept in ${trace} (ll-learn infer makes a profile of it)
`,
    );
    assert.not.ok(existsSync(join(home, 'sh.landlock.toml')));
    assert.is(llLearn(['infer', trace]).status, 1, 'inferring from it has the same doubts');
    assert.match(llLearn(['infer', '--keep-partial', trace]).stdout, /^abi = 7$/m);
  }),
);

testWhere(failures, lack, 'a target that a signal killed makes no profile either', () =>
  inDirectory((home) => {
    const { status, stderr } = learnIn(home, ['sh', '-c', 'kill -SEGV $$']);
    assert.is(status, 1);
    assert.match(
      stderr,
      /^ll-learn: sh was killed by SIGSEGV, so sh\.landlock\.toml was not written/,
    );
  }),
);

testWhere(failures, lack, 'a failure overwrites no profile that is there', () =>
  inDirectory((home) => {
    learnIn(home, ['sh', '-c', ':']);
    const before = readFileSync(join(home, 'sh.landlock.toml'), 'utf8');
    learnIn(home, ['sh', '-c', 'cat /etc/hostname; exit 1']);
    assert.is(readFileSync(join(home, 'sh.landlock.toml'), 'utf8'), before);
  }),
);

testWhere(failures, lack, 'a file that was written by hand is never overwritten', () =>
  inDirectory((home) => {
    const file = join(home, 'true.landlock.toml');
    writeFileSync(file, 'abi = 7\n');
    const { status, stderr } = learnIn(home, ['true']);
    assert.is(status, 2);
    assert.match(stderr, /true\.landlock\.toml exists and was not written by ll-learn/);
    assert.match(stderr, /the trace is kept in /);
    assert.is(readFileSync(file, 'utf8'), 'abi = 7\n');
  }),
);

testWhere(failures, lack, 'an output that cannot be written keeps the trace and tells where', () =>
  inDirectory((home) => {
    const { status, stderr } = learnIn(home, ['true'], ['-o', 'no/such/place.toml']);
    assert.is(status, 2);
    assert.match(
      stderr,
      /^ll-learn: the trace is kept in .*true\.trace\.jsonl .*\nll-learn: cannot write the profile no\/such\/place\.toml: the directory does not exist\n$/,
    );
    assert.ok(existsSync(keptIn(home, 'true')));
  }),
);

testWhere(failures, lack ?? lacksRoot(), 'a full disk leaves the old profile whole', () =>
  inDirectory((home) => {
    const disk = join(home, 'disk');
    mkdirSync(disk);
    assert.is(execute(['mount', '-t', 'tmpfs', '-o', 'size=16k', 'none', disk]).status, 0);
    try {
      const output = join(disk, 'true.landlock.toml');
      assert.is(learnIn(home, ['true'], ['-o', output]).status, 0);
      const before = readFileSync(output, 'utf8');
      execute(['sh', '-c', `head -c 100000 /dev/zero > ${join(disk, 'filler')}`]);
      const { status, stderr } = learnIn(home, ['cat', '/etc/hostname'], ['-o', output]);
      assert.is(status, 2);
      assert.match(stderr, /cannot write the profile .*: the disk is full/);
      assert.match(stderr, /the trace is kept in /);
      assert.is(readFileSync(output, 'utf8'), before);
      assert.equal(readdirSync(disk).sort(), ['filler', 'true.landlock.toml']);
    } finally {
      execute(['umount', disk]);
    }
  }),
);

testWhere(failures, lack, 'a missing strace is said in one sentence with the remedy', () =>
  inDirectory((home) => {
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync('/bin/true', join(bin, 'true'));
    const { status, stderr } = learnIn(home, ['true'], ['--tracer', 'strace'], {
      PATH: bin,
    });
    assert.is(status, 2);
    assert.is(
      stderr,
      'll-learn: nothing was run, since it cannot be traced: strace is not installed; install it (Debian, Ubuntu: apt-get install strace)\n',
    );
  }),
);

testWhere(failures, lack, 'Landlock that is disabled at boot, or missing, is said', () =>
  inDirectory((home) => {
    learnIn(home, ['true']);
    const disabled = withFault(home, 'error=EOPNOTSUPP', runTrue);
    assert.is(disabled.status, 2);
    assert.match(
      disabled.stderr,
      /^ll-learn: nothing was run: Landlock is disabled on this machine; boot with landlock among the kernel's security modules/,
    );
    const missing = withFault(home, 'error=ENOSYS', runTrue);
    assert.is(missing.status, 2);
    assert.is(
      missing.stderr,
      'll-learn: nothing was run: this kernel has no Landlock; use Linux 5.13 or later, built with CONFIG_SECURITY_LANDLOCK\n',
    );
  }),
);

testWhere(
  failures,
  lack,
  'a kernel that is too old for a profile is said, and --strict refuses',
  () =>
    inDirectory((home) => {
      learnIn(home, ['true']);
      const fault = 'retval=5:when=1';
      const warned = withFault(home, fault, runTrue);
      assert.is(warned.status, 0);
      assert.is(
        warned.stderr,
        'll-learn: the profile is for Landlock ABI 7 (Linux 6.15), and this kernel has ABI 5: what it does not know stays unrestricted\n',
      );
      const refused = withFault(home, fault, ['run', '--strict', ...runTrue.slice(1)]);
      assert.is(refused.status, 2);
      assert.match(refused.stderr, /^ll-learn: nothing was run: the profile is for Landlock ABI 7/);
    }),
);

testWhere(failures, lack, 'a profile that cannot be used is told with its place', () =>
  inDirectory((home) => {
    const profile = join(home, 'p.toml');
    const run = () => llLearn(['run', profile, '--', 'true']);
    assert.is(run().status, 2);
    assert.is(
      run().stderr,
      `ll-learn: ${profile}: there is no such file (ll-learn -- COMMAND makes one)\n`,
    );
    writeFileSync(
      profile,
      'abi = 7\n[[path_beneath]]\nallowed_access = ["exekute"]\nparent = ["/"]\n',
    );
    assert.is(run().status, 2);
    assert.is(
      run().stderr,
      `ll-learn: ${profile}:3:19: "exekute" is no access right of Landlock's files (did you mean execute?)\n`,
    );
    assert.match(
      llLearn(['run', home, '--', 'true']).stderr,
      /it is a directory, and a profile is/,
    );
    writeFileSync(
      profile,
      'abi = 7\n[[path_beneath]]\nallowed_access = ["execute"]\nparent = ["${X}"]\n',
    );
    assert.match(run().stderr, /the variable \$\{X\} is not defined/);
  }),
);

testWhere(failures, lack, 'run warns of paths that are gone, and refuses with --strict', () =>
  inDirectory((home) => {
    const gone = join(home, 'gone');
    writeFileSync(gone, '');
    learnIn(home, ['cat', gone]);
    execute(['rm', gone]);
    const profile = join(home, 'cat.landlock.toml');
    const warned = llLearn(['run', profile, '--', 'cat', gone]);
    assert.is(warned.status, 1);
    assert.match(warned.stderr, /^ll-learn: .*gone does not exist: its rule is left out\ncat: /);
    const refused = llLearn(['run', '--strict', profile, '--', 'cat', gone]);
    assert.is(refused.status, 2);
    assert.match(refused.stderr, /^ll-learn: nothing was run: .*gone does not exist/);
  }),
);

testWhere(failures, lack, 'a program that the profile does not allow is 126', () =>
  inDirectory((home) => {
    learnIn(home, ['true']);
    const profile = join(home, 'true.landlock.toml');
    const { status, stderr } = llLearn(['run', profile, '--', 'ls']);
    assert.is(status, 126);
    assert.match(stderr, /ls: EACCES: .*true\.landlock\.toml does not allow executing it/);
  }),
);

testWhere(failures, lack, 'damaged traces are told with their line', () =>
  inDirectory((home) => {
    const file = join(home, 'x.jsonl');
    const infer = (text: string) => {
      writeFileSync(file, text);
      return llLearn(['infer', file]);
    };
    assert.is(
      llLearn(['infer', join(home, 'nope')]).stderr,
      `ll-learn: there is no profile or trace ${home}/nope\n`,
    );
    assert.is(
      infer('{"kind":"operation"}\n').stderr.split('\n')[0]?.startsWith(`ll-learn: ${file}:1:`),
      true,
    );
    learnIn(home, ['true'], ['--trace', file]);
    const lines = readFileSync(file, 'utf8').split('\n');
    assert.match(infer(`${lines[0]}\n{"kind":\n`).stderr, /x\.jsonl:2: this is no JSON/);
    const cut = infer(lines.slice(0, 3).join('\n'));
    assert.is(cut.status, 1);
    assert.match(cut.stderr, /ends without a trailer at line 3/);
    assert.match(infer('').stderr, /the file is empty, and no trace/);
  }),
);

testWhere(failures, lack, 'a profile of a trace is the same as that of the run', () =>
  inDirectory((home) => {
    const trace = join(home, 'sh.jsonl');
    learnIn(home, ['sh', '-c', 'cat /etc/hostname > x'], ['--trace', trace]);
    const live = readFileSync(join(home, 'sh.landlock.toml'), 'utf8');
    assert.is(llLearn(['infer', trace]).stdout, live);
  }),
);

testWhere(failures, lack, 'a log that strace made elsewhere is read as well', () =>
  inDirectory((home) => {
    const log = join(home, 'log');
    execute(['strace', '-f', '-y', '-o', log, 'cat', '/etc/hostname']);
    const { status, stdout } = llLearn(['infer', log]);
    assert.is(status, 0);
    assert.match(stdout, /parent = \["\/etc\/hostname"\]/);
    writeFileSync(log, 'nothing of strace\n');
    assert.is(llLearn(['infer', log]).status, 1);
  }),
);

testWhere(failures, lack, 'a reader that goes away is no failure worth a word', () =>
  inDirectory((home) => {
    learnIn(home, ['true']);
    const export_ = `${process.execPath} ${ownProgram} export ${home}/true.landlock.toml --to setpriv`;
    const { stderr } = execute(['sh', '-c', `${export_} | true`]);
    assert.not.match(stderr, /EPIPE|mistake/);
  }),
);

testWhere(failures, lack, 'output may be a device or a pipe', () =>
  inDirectory((home) => {
    const { stdout, status } = learnIn(home, ['true'], ['-o', '/dev/stdout']);
    assert.is(status, 0);
    assert.match(stdout, /\[learned\]/);
    assert.match(learnIn(home, ['true'], ['-o', '/dev/full']).stderr, /the disk is full/);
  }),
);

testWhere(
  failures,
  lack ?? lacksRoot() ?? lacksWayForOthers() ?? lacksPrograms('setpriv'),
  'an unreadable profile is said',
  () =>
    inDirectory((home) => {
      const profile = join(home, 'p.toml');
      writeFileSync(profile, '', { mode: 0o600 });
      chmodSync(home, 0o755);
      const user = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
      const { status, stderr } = execute([
        ...user,
        process.execPath,
        ownProgram,
        'run',
        profile,
        '--',
        'true',
      ]);
      assert.is(status, 2);
      assert.is(stderr, `ll-learn: ${profile}: it may not be read by you\n`);
    }),
);

failures.run();

/** Learns in a home of its own, so that what is kept is kept there. */
function learnIn(
  home: string,
  command: readonly string[],
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Ended {
  return llLearn(['--no-review', ...options, '--', ...command], {
    cwd: home,
    env: { ...process.env, XDG_STATE_HOME: join(home, 'state'), HOME: home, ...environment },
  });
}

function keptIn(home: string, name: string): string {
  return join(home, 'state', 'll-learn', `${name}.trace.jsonl`);
}

const runTrue = ['run', 'true.landlock.toml', '--', 'true'];

/** Runs `ll-learn` on a kernel that answers landlock_create_ruleset(2) as told. */
function withFault(home: string, fault: string, words: readonly string[]): Ended {
  const call = 'landlock_create_ruleset';
  const strace = ['strace', '-f', '-qqq', '-o', '/dev/null', '-e', `inject=${call}:${fault}`];
  return execute([...strace, process.execPath, ownProgram, ...words], { cwd: home });
}

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exporters } from '../../profiles/exporters/index.js';
import { llLearn } from '../support/command.js';

const formats = exporters.map(({ format }) => format).join(', ');

const usage = suite('the command line');

/** Words that are refused, and the first line on stderr. */
const refused: readonly (readonly [words: readonly string[], line: string])[] = [
  [[], 'no command was given: expected -- COMMAND [ARGUMENT...]'],
  [['--'], 'no command was given: expected -- COMMAND [ARGUMENT...]'],
  [['--outptu', 'x', '--', 'true'], 'unknown option --outptu (did you mean --output?)'],
  [['-x', '--', 'true'], 'unknown option -x'],
  [['--output'], '--output needs a value'],
  [['--json=yes', '--', 'true'], '--json takes no value'],
  [['--abi', '0', '--', 'true'], '--abi 0: expected a whole number from 1 to 11'],
  [['--wait', 'soon', '--', 'true'], '--wait soon: expected seconds, from 0 to 86400'],
  [['--fold', 'flat', '--', 'true'], '--fold flat: expected one of exact, balanced, broad'],
  [['--max-rules', '0', '--', 'true'], '--max-rules 0: expected a whole number from 1 on'],
  [['infer', '--max-rules', 'few', 'x'], '--max-rules few: expected a whole number from 1 on'],
  [['--tracer', 'magic', '--', 'true'], '--tracer magic: expected one of auto, permissive, strace'],
  [['run'], 'no profile was given'],
  [['run', 'p'], 'no command was given: expected -- COMMAND after the profile'],
  [['run', 'p', 'true'], 'true is not expected: put -- before the command'],
  [['check'], 'no profile was given'],
  [['check', 'p'], 'no command was given: expected -- COMMAND [ARGUMENT...]'],
  [['check', 'p', 'true'], 'true is not expected: put -- before the command'],
  [['verify'], 'no profile was given'],
  [['verify', 'p'], 'no command was given: expected -- COMMAND [ARGUMENT...]'],
  [['verify', 'p', 'true'], 'true is not expected: put -- before the command'],
  [
    ['verify', 'p', '--status', '256', '--', 'true'],
    '--status 256: expected an exit status, from 0 to 255',
  ],
  [
    ['verify', 'p', '--must-deny', '65536', '--', 'true'],
    '--must-deny 65536: a port is from 0 to 65535',
  ],
  [
    ['verify', 'p', '--must-deny', '${NO}/x', '--', 'true'],
    '--must-deny ${NO}/x: ${NO} is not known; known are HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR, TMPDIR, WORKDIR',
  ],
  [
    ['verify', 'p', '-o', 'q', '--', 'true'],
    '--output is where --fix writes, and there is no --fix',
  ],
  [
    ['verify', 'p', '--fix', '-o', '-', '--', 'true'],
    '--output -: a profile that is run again is a file',
  ],
  [['infer'], 'no trace was given'],
  [['export'], 'no profile was given'],
  [['export', 'p'], `--to is missing: expected one of ${formats}`],
  [['export', 'p', '--to', 'x'], `--to x: expected one of ${formats}`],
  [['export', 'p', 'q', '--to', 'setpriv'], 'one profile is exported at a time, and q is one more'],
  [['explain'], 'no profile was given'],
  [['explain', 'p'], 'nothing was asked about: expected a path or a port'],
  [['explain', 'p', '65536'], '65536: a port is from 0 to 65535'],
  [
    ['explain', 'p', '443', 'read_file'],
    'read_file is no right on ports: expected bind, connect or one of bind_tcp, connect_tcp, bind_udp, connect_send_udp',
  ],
  [['doctor', 'x'], 'x is not expected'],
  [
    ['help', 'x'],
    'there is no verb x: there are learn, record, check, run, verify, infer, review, export, explain, diff, doctor',
  ],
];

for (const [words, line] of refused) {
  usage(`ll-learn ${words.join(' ')} is a mistake in usage, told in two lines`, () => {
    const { status, stdout, stderr } = llLearn(words);
    const [first, second, end] = stderr.split('\n');
    assert.is(first, `ll-learn: ${line}`);
    assert.match(second ?? '', /^ {2}See ll-learn( [a-z]+)? --help\.$/);
    assert.is(end, '');
    assert.is(stdout, '');
    assert.is(status, 3);
  });
}

usage('help and version go to stdout and are no failure', () => {
  for (const words of [['--help'], ['-h'], ['help'], ['run', '--help'], ['help', 'learn']]) {
    const { status, stdout, stderr } = llLearn(words);
    assert.match(stdout, /ll-learn/);
    assert.is(stderr, '');
    assert.is(status, 0);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line);
  }
  assert.match(
    llLearn(['--version']).stdout,
    /^ll-learn \d+\.\d+\.\d+\nKnows Landlock up to ABI 11/,
  );
});

usage('a command that is not found is 127, and one that is not executable 126', () => {
  const missing = llLearn(['--', 'no-such-command']);
  assert.is(missing.status, 127);
  assert.is(
    missing.stderr,
    'll-learn: command not found: no-such-command (it is in no directory of PATH)\n',
  );
  const path = llLearn(['--', './no-such-command']);
  assert.is(path.status, 127);
  assert.match(path.stderr, /there is no such file/);
  const text = llLearn(['--', '/etc/passwd']);
  assert.is(text.status, 126);
  assert.is(text.stderr, 'll-learn: /etc/passwd is not executable (chmod +x makes it so)\n');
  const directory = llLearn(['--', '/etc']);
  assert.is(directory.status, 126);
  assert.is(directory.stderr, 'll-learn: /etc is a directory, not a program\n');
});

usage('words after the command are the command’s', () => {
  const { stdout } = llLearn(['-o', '/dev/null', 'echo', '--output', '-x', '--', 'y']);
  assert.is(stdout, '--output -x -- y\n');
});

usage.run();

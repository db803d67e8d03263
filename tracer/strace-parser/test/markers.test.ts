import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { field } from '../source/index.js';
import { readOne } from './read.js';

const where = { line: 1, pid: 7, time: undefined };

function reads(title: string, text: string, expected: object): void {
  test(title, () => assert.equal(readOne(`7  ${text}\n`), { ...where, ...expected }));
}

reads('a process exits with a code', '+++ exited with 3 +++', { kind: 'exit', code: 3 });
reads('a process is killed', '+++ killed by SIGABRT +++', {
  kind: 'killed',
  signal: 'SIGABRT',
  coreDumped: false,
});
reads('a killed process may dump its core', '+++ killed by SIGSEGV (core dumped) +++', {
  kind: 'killed',
  signal: 'SIGSEGV',
  coreDumped: true,
});
reads('a thread may take the place of its leader', '+++ superseded by execve in pid 9 +++', {
  kind: 'superseded',
  by: 9,
});
reads('a thread may have a command', '+++ superseded by execve in pid 9<sh> +++', {
  kind: 'superseded',
  by: 9,
});
reads('a process stops', '--- stopped by SIGTSTP ---', { kind: 'stop', signal: 'SIGTSTP' });
reads('a signal of old strace has a description', '--- SIGCHLD (Child exited) @ 0 (0) ---', {
  kind: 'signal',
  signal: 'SIGCHLD',
  info: { kind: 'opaque', text: '(Child exited) @ 0 (0)' },
});

test('a signal comes with what the kernel tells of it', () => {
  const line = '7  --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8, si_status=3} ---';
  const event = readOne(line);
  assert.is(event.kind, 'signal');
  if (event.kind !== 'signal') return;
  assert.is(event.signal, 'SIGCHLD');
  assert.equal(field(event.info, 'si_pid'), {
    kind: 'number',
    value: 8,
    radix: 10,
    comment: undefined,
  });
});

test('a marker of another wording is not read', () => {
  assert.is(readOne('+++ vanished +++\n').kind, 'unparsed');
  assert.is(readOne('--- ---\n').kind, 'unparsed');
});

function notices(title: string, text: string, what: string, pid: number | undefined): void {
  test(title, () => {
    assert.equal(readOne(`${text}\n`), { kind: 'notice', line: 1, what, pid, text, inside: false });
  });
}

notices('strace says that it attached', 'strace: Process 7 attached', 'attached', 7);
notices(
  'strace says that it attached threads',
  'strace: Process 7 attached with 3 threads',
  'attached',
  7,
);
notices('strace says that it detached', 'strace: Process 7 detached', 'detached', 7);
notices('strace may be called by its path', '/usr/bin/strace: Process 7 attached', 'attached', 7);
notices('old strace does not give its name', 'Process 7 attached', 'attached', 7);
notices('strace complains', 'strace: exec: Permission denied', 'other', undefined);
notices(
  'strace tells the mode of a process',
  '[ Process PID=7 runs in 32 bit mode. ]',
  'other',
  undefined,
);

test.run();

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Call, Event } from '../source/index.js';
import { read } from './read.js';

/** The calls of a log in short: where, who, what. */
function calls(log: string): string[] {
  return read(log).map((event) =>
    event.kind === 'call' ? short(event) : `${event.line} ${event.kind}`,
  );
}

function short({ startLine, line, pid, name, args, result }: Call): string {
  const outcome = result.kind === 'value' ? result.text : result.kind;
  return `${startLine}-${line} ${pid} ${name}/${args.length}=${outcome}`;
}

test('a call that another interrupts is joined when it resumes', () => {
  const log = '1  read(3,  <unfinished ...>\n2  getpid() = 2\n1  <... read resumed>"ab", 2) = 2\n';
  assert.equal(calls(log), ['2-2 2 getpid/0=2', '1-3 1 read/3=2']);
});

test('a call may resume after its last argument', () => {
  assert.equal(calls('1  close(3 <unfinished ...>\n1  <... close resumed>)  = 0\n'), [
    '1-2 1 close/1=0',
  ]);
});

test('a call may resume before its first argument', () => {
  assert.equal(calls('1  pause( <unfinished ...>\n1  <... pause resumed>)  = ?\n'), [
    '1-2 1 pause/0=unknown',
  ]);
});

test('an argument that changes may resume in its middle', () => {
  const log =
    '1  clone3({flags=0} <unfinished ...>\n1  <... clone3 resumed> => {parent_tid=[2]}, 88) = 2\n';
  const [event] = read(log);
  assert.is(event?.kind === 'call' && event.args[0]?.kind, 'change');
});

test('old strace puts a space after resumed', () => {
  const log = '1  read(3,  <unfinished ...>\n1  <... read resumed> "ab", 2) = 2\n';
  assert.equal(calls(log), ['1-2 1 read/3=2']);
});

test('two threads in the same call keep their own halves', () => {
  const log = `1  read(3,  <unfinished ...>
2  read(4,  <unfinished ...>
1  <... read resumed>"a", 1) = 1
2  <... read resumed>"bc", 2) = 2
`;
  assert.equal(calls(log), ['1-3 1 read/3=1', '2-4 2 read/3=2']);
});

test('the time of a joined call is when it began, its duration what it took', () => {
  const log = '1  1.5 read(3,  <unfinished ...>\n1  2.5 <... read resumed>"a", 1) = 1 <1.25>\n';
  const [event] = read(log);
  if (event?.kind !== 'call') throw new Error('no call');
  assert.is(event.time?.seconds, 1);
  assert.is(event.duration, 1.25);
});

test('a call may look unfinished within a string', () => {
  assert.equal(calls('1  write(1, " <unfinished ...>", 17) = 17\n'), ['1-1 1 write/3=17']);
});

test('a call without an end is unknown when its process exits', () => {
  assert.equal(calls('1  read(3,  <unfinished ...>\n1  +++ exited with 0 +++\n'), [
    '1-1 1 read/1=unknown',
    '2 exit',
  ]);
});

test('a call without an end is unknown when its process is killed', () => {
  assert.equal(calls('1  read(3,  <unfinished ...>\n1  +++ killed by SIGKILL +++\n'), [
    '1-1 1 read/1=unknown',
    '2 killed',
  ]);
});

test('a call without an end is unknown when the log ends', () => {
  assert.equal(calls('1  read(3, {a=1,  <unfinished ...>'), ['1-1 1 read/2=unknown']);
});

test('a call without an end is unknown when its process begins another', () => {
  const log =
    '1  read(3,  <unfinished ...>\n1  close(4 <unfinished ...>\n1  <... close resumed>) = 0\n';
  assert.equal(calls(log), ['1-1 1 read/1=unknown', '2-3 1 close/1=0']);
});

test('a call that strace detached from is unknown', () => {
  assert.equal(calls('restart_syscall(<... resuming interrupted read ...> <detached ...>'), [
    '1-1 undefined restart_syscall/1=unknown',
  ]);
});

test('the end of a call whose beginning is missing is not read', () => {
  const log =
    '1  <... read resumed>"a", 1) = 1\n1  read(3,  <unfinished ...>\n1  <... write resumed>) = 1\n';
  assert.equal(calls(log), ['1 unparsed', '3 unparsed', '2-2 1 read/1=unknown']);
});

test('a joined call that cannot be read is unparsed, both lines of it', () => {
  const log = '1  read(3,  <unfinished ...>\n1  <... read resumed>"a\n';
  assert.equal(read(log), [
    { kind: 'unparsed', line: 1, text: '1  read(3,  <unfinished ...>' },
    { kind: 'unparsed', line: 2, text: '1  <... read resumed>"a' },
  ] satisfies Event[]);
});

test('execve in a thread resumes under the pid of the leader', () => {
  const log = `3  execve("/bin/true", ["true"], 0x7f <unfinished ...>
1  futex(0x1,  <unfinished ...>
1  <... futex resumed>) = ?
2  pause( <unfinished ...>
2  +++ exited with 0 +++
1  +++ superseded by execve in pid 3 +++
1  <... execve resumed>) = 0
1  brk(NULL) = 0
`;
  assert.equal(calls(log), [
    '2-3 1 futex/1=unknown',
    '4-4 2 pause/0=unknown',
    '5 exit',
    '6 superseded',
    '1-7 1 execve/3=0',
    '8-8 1 brk/1=0',
  ]);
});

test('the leader has no pid on stderr once it is alone', () => {
  const log = `[pid     3] execve("/bin/true", ["true"], 0x7f <unfinished ...>
+++ superseded by execve in pid 3 +++
<... execve resumed>) = 0
`;
  assert.equal(calls(log), ['2 superseded', '1-3 undefined execve/3=0']);
});

test('a process gets its pid on stderr once there is another', () => {
  const log =
    'vfork( <unfinished ...>\n[pid     2] getpid() = 2\n[pid     1] <... vfork resumed>) = 2\n';
  assert.equal(calls(log), ['2-2 2 getpid/0=2', '1-3 1 vfork/0=2']);
});

test('a process loses its pid on stderr once it is alone', () => {
  const log = '[pid     1] wait4(-1,  <unfinished ...>\n<... wait4 resumed>NULL, 0, NULL) = 2\n';
  assert.equal(calls(log), ['1-2 1 wait4/4=2']);
});

test('a notice may stand in the middle of a call', () => {
  const log = 'clone(flags=SIGCHLDstrace: Process 2 attached\n, child_tidptr=0x7f) = 2\n';
  assert.equal(read(log)[0], {
    kind: 'notice',
    line: 1,
    what: 'attached',
    pid: 2,
    text: 'strace: Process 2 attached',
    inside: true,
  });
  assert.equal(calls(log), ['1 notice', '1-2 undefined clone/2=2']);
});

test('a notice in the middle of a call may have the path of strace', () => {
  const log = 'clone(flags=SIGCHLD/usr/bin/strace: Process 2 attached\n) = 2\n';
  assert.equal(calls(log), ['1 notice', '1-2 undefined clone/1=2']);
});

test('a call with a notice in its middle may be unfinished as well', () => {
  const log = `vfork(strace: Process 2 attached
 <unfinished ...>
[pid     2] exit_group(0) = ?
[pid     1] <... vfork resumed>) = 2
`;
  assert.equal(calls(log), ['1 notice', '3-3 2 exit_group/1=unknown', '1-4 1 vfork/0=2']);
});

test('notices may follow upon the one in the middle of a call', () => {
  const log = 'clone(0strace: Process 2 attached\nstrace: Process 3 attached\n) = 2\n';
  assert.equal(calls(log), ['1 notice', '2 notice', '1-3 undefined clone/1=2']);
});

test('a call that a notice cut off for good is unknown', () => {
  assert.equal(calls('clone(0strace: Process 2 attached\ngetpid() = 1\n'), [
    '1 notice',
    '1-1 undefined clone/1=unknown',
    '2-2 undefined getpid/0=1',
  ]);
});

test('strace may name itself within a string', () => {
  assert.equal(calls('write(2, "strace: Process 2 attached", 26) = 26\n'), [
    '1-1 undefined write/3=26',
  ]);
});

test.run();

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Event, parse, type Time } from '../source/index.js';
import { bytes, read, readCall, readChunks, readOne } from './read.js';

function time(
  since: Time['since'],
  seconds: number,
  nanoseconds: number,
  delta: number | undefined = undefined,
): Time {
  return { since, seconds, nanoseconds, delta };
}

test('a line without a process has none', () => {
  const call = readCall('getpid() = 1\n');
  assert.is(call.pid, undefined);
  assert.is(call.time, undefined);
});

test('-f -o puts the process first', () => {
  assert.is(readCall('2483  getpid() = 1\n').pid, 2483);
  assert.is(readCall('4194304 getpid() = 1\n').pid, 4194304);
});

test('-f puts the process in brackets on stderr', () => {
  assert.is(readCall('[pid  2483] getpid() = 1\n').pid, 2483);
});

test('-Y names the command of the process', () => {
  assert.is(readCall('2483<a b> getpid() = 1\n').pid, 2483);
  assert.is(readCall('[pid 2483<sh>] getpid() = 1\n').pid, 2483);
});

function readsTime(title: string, prefix: string, expected: Time): void {
  test(title, () => {
    for (const pid of ['', '2483  ']) {
      const call = readCall(`${pid}${prefix} getpid() = 1\n`);
      assert.equal(call.time, expected, pid);
      assert.is(call.pid, pid ? 2483 : undefined);
    }
  });
}

readsTime('-t is a time of day', '05:23:11', time('midnight', 19391, 0));
readsTime('-tt has microseconds', '05:23:11.986728', time('midnight', 19391, 986728000));
readsTime('-ttt counts from 1970', '1795324992.013924', time('1970', 1795324992, 13924000));
readsTime(
  'a time may have nanoseconds',
  '1795324992.013924001',
  time('1970', 1795324992, 13924001),
);
readsTime('a time may have whole seconds', '1795324992', time('1970', 1795324992, 0));
readsTime('a time may have milliseconds', '05:23:11.986', time('midnight', 19391, 986000000));
readsTime('-r counts from the line before', '     0.000317', time('previous', 0, 317000, 0.000317));
readsTime('a relative time may have whole seconds', '     1', time('previous', 1, 0, 1));
readsTime(
  '-r with -tt tells both times',
  '05:23:12.049820 (+     0.000312)',
  time('midnight', 19392, 49820000, 0.000312),
);

test('-n tells the number of the call', () => {
  assert.is(readCall('[ 257] getpid() = 1\n').number, 257);
});

test('-i tells the instruction pointer', () => {
  assert.is(readCall('[00007f2a02eafb1d] getpid() = 1\n').pointer, '00007f2a02eafb1d');
  assert.is(readCall('[????????????????] getpid() = 1\n').pointer, '????????????????');
});

test('process, times, number and pointer stand in this order', () => {
  const line = '7  05:23:12 (+     0.000102) [  59] [00007f2a02eafb1d] getpid() = 1 <0.5>\n';
  const { pid, number, pointer, duration } = readCall(line);
  assert.equal(
    { pid, number, pointer, duration },
    {
      pid: 7,
      number: 59,
      pointer: '00007f2a02eafb1d',
      duration: 0.5,
    },
  );
});

test('-k prints the stack after the call', () => {
  assert.equal(readOne(' > /usr/lib/libc.so.6(_exit+0x29) [0xd4409]\n'), {
    kind: 'frame',
    line: 1,
    text: '/usr/lib/libc.so.6(_exit+0x29) [0xd4409]',
  });
});

test('-e write= dumps the bytes after the call', () => {
  assert.is(readOne(' | 00000  68 65 6c 6c 6f 0a   hello. |\n').kind, 'dump');
});

test('a table of -c is not read', () => {
  const table = '% time     seconds\n------ --------\n  0.00    0.000000   0  1  read\n';
  assert.equal(
    read(table).map((event) => event.kind),
    ['unparsed', 'unparsed', 'unparsed'],
  );
});

test('what a program prints itself is not read', () => {
  assert.equal(readOne('hello (world) = 3\n'), {
    kind: 'unparsed',
    line: 1,
    text: 'hello (world) = 3',
  });
});

test('an empty line is not read, but counted', () => {
  assert.equal(
    read('\n\ngetpid() = 1\n').map((event) => event.line),
    [1, 2, 3],
  );
});

test('a line may end in a carriage return', () => {
  assert.equal(readOne('getpid() = 1\r\n'), readOne('getpid() = 1\n'));
  assert.equal(readOne('1 +++ exited with 0 +++\r\n'), readOne('1 +++ exited with 0 +++\n'));
});

test('the last line needs no line break', () => {
  assert.equal(readOne('getpid() = 1'), readOne('getpid() = 1\n'));
});

test('raw NULs and bytes that are not UTF-8 stay what they are', () => {
  assert.equal(readCall('f("a\0\xff") = 1\n').args, [
    { kind: 'string', value: 'a\0\xff', truncated: false },
  ]);
  assert.equal(readOne('\0\xff\x80\n'), { kind: 'unparsed', line: 1, text: '\0\xff\x80' });
});

test('a call whose name strace does not know has question marks', () => {
  assert.is(readCall('????(0x1) = ?\n').name, '????');
  assert.is(readCall('syscall_0x3e7(0x1) = -1 ENOSYS (x)\n').name, 'syscall_0x3e7');
});

test('chunks may be cut anywhere', () => {
  const log = bytes('1  openat(AT_FDCWD, "/x", O_RDONLY) = 3</x>\r\n1  close(3</x>) = 0');
  const expected = readChunks([log]);
  for (let at = 0; at <= log.length; at++) {
    assert.equal(readChunks([log.subarray(0, at), log.subarray(at)]), expected);
  }
});

test('a line may be longer than many chunks', () => {
  const log = bytes(`write(1, "${'x'.repeat(300_000)}", 300000) = 300000\n`);
  const chunks = Array.from({ length: 301 }, (_, i) => log.subarray(i * 1000, (i + 1) * 1000));
  const [event] = readChunks(chunks);
  const value = event?.kind === 'call' ? event.args[1] : undefined;
  assert.is(value?.kind === 'string' && value.value.length, 300_000);
});

test('events may be taken from an iterator, of chunks or of promises of them', async () => {
  const log = 'getpid() = 1\n+++ exited with 0 +++\n';
  async function* promised() {
    yield bytes(log);
  }
  for (const source of [[bytes(log)], promised()]) {
    const events: Event[] = [];
    for await (const event of parse(source)) events.push(event);
    assert.equal(events, read(log));
  }
});

test.run();

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FdValue } from '../source/index.js';
import { readArgument, readCall } from './read.js';

const blank = {
  kind: 'fd',
  path: undefined,
  deleted: false,
  device: undefined,
  socket: undefined,
} as const;

function reads(title: string, text: string, expected: Partial<FdValue>): void {
  test(title, () => assert.equal(readArgument(text), { ...blank, ...expected }));
}

/** A descriptor whose annotation is nothing but a path. */
function readsPath(title: string, text: string, path: string): void {
  reads(title, text, { number: 3, path, text: path });
}

readsPath('-y annotates a descriptor with its path', '3</etc/passwd>', '/etc/passwd');
readsPath('angle brackets in a path are escaped', '3</d\\76x/a\\74b>', '/d>x/a<b');
readsPath('quotes, line breaks and backslashes in a path are escaped', '3</\\"\\n\\\\>', '/"\n\\');
readsPath(
  'spaces, commas and brackets in a path are not escaped',
  '3</x, "y", 3) = 0]}>',
  '/x, "y", 3) = 0]}',
);
readsPath('a path may hold bytes that are not UTF-8', '3</\\303\\251\\377>', '/\xc3\xa9\xff');
readsPath('-xx writes an annotation in hexadecimal', '3<\\x2f\\x3e>', '/>');
readsPath('a path may end like a deleted one', '3</x\\76(deleted)>', '/x>(deleted)');
readsPath('a path may hold a raw angle bracket', '3</a>b>', '/a>b');
readsPath('a path may end in a dash', '3</a->', '/a-');

reads('a deleted file is marked after the bracket', '3</x>(deleted)', {
  number: 3,
  path: '/x',
  text: '/x',
  deleted: true,
});
reads('a deleted file is marked in hexadecimal logs', '3<\\x2f\\x78>(deleted)', {
  number: 3,
  path: '/x',
  text: '/x',
  deleted: true,
});
reads('-yy tells the numbers of a device', '3</dev/null<char 1:3>>', {
  number: 3,
  path: '/dev/null',
  text: '/dev/null',
  device: { kind: 'char', major: 1, minor: 3 },
});
reads('-yy tells a block device', '3</dev/sda<block 8:0>>', {
  number: 3,
  path: '/dev/sda',
  text: '/dev/sda',
  device: { kind: 'block', major: 8, minor: 0 },
});
reads('a pipe has no path', '3<pipe:[4601]>', { number: 3, text: 'pipe:[4601]' });
reads('an anonymous inode has no path', '3<anon_inode:[eventpoll]>', {
  number: 3,
  text: 'anon_inode:[eventpoll]',
});
reads('-y calls a socket a socket', '3<socket:[4603]>', {
  number: 3,
  text: 'socket:[4603]',
  socket: { protocol: 'socket', text: '4603' },
});
reads('-yy tells both ends of a connection', '3<TCP:[127.0.0.1:1->127.0.0.1:2]>', {
  number: 3,
  text: 'TCP:[127.0.0.1:1->127.0.0.1:2]',
  socket: { protocol: 'TCP', text: '127.0.0.1:1->127.0.0.1:2' },
});
reads('addresses of version 6 have brackets', '3<TCPv6:[[::1]:1->[::1]:2]>', {
  number: 3,
  text: 'TCPv6:[[::1]:1->[::1]:2]',
  socket: { protocol: 'TCPv6', text: '[::1]:1->[::1]:2' },
});
reads('-yy tells the path of a local socket', '3<UNIX-STREAM:[12->34, @"a]>b"]>', {
  number: 3,
  text: 'UNIX-STREAM:[12->34, @"a]>b"]',
  socket: { protocol: 'UNIX-STREAM', text: '12->34, @"a]>b"' },
});
reads('the working directory has a path of its own', 'AT_FDCWD</tmp>', {
  number: 'AT_FDCWD',
  path: '/tmp',
  text: '/tmp',
});
reads('the working directory may have no annotation', 'AT_FDCWD', { number: 'AT_FDCWD', text: '' });
reads('-X raw writes the number of AT_FDCWD', '-100</tmp>', {
  number: 'AT_FDCWD',
  path: '/tmp',
  text: '/tmp',
});
reads('-X verbose puts a comment before the path', '-100 /* AT_FDCWD */</tmp>', {
  number: 'AT_FDCWD',
  path: '/tmp',
  text: '/tmp',
});
reads('a path outside the root is marked unreachable', '3<(unreachable)/x>', {
  number: 3,
  path: '(unreachable)/x',
  text: '(unreachable)/x',
});

test('-Y annotates a process with its command', () => {
  assert.equal(readArgument('12<sh>'), { kind: 'pid', number: 12, command: 'sh' });
});

test('a set of descriptors has spaces between its members', () => {
  const set = readArgument('[3<pipe:[1]> 4</x>]');
  assert.equal(set.kind === 'array' && set.items.map((item) => item.kind), ['fd', 'fd']);
});

test('a call returns a descriptor', () => {
  const { result } = readCall('openat(AT_FDCWD</tmp>, "x", O_RDONLY) = 3</tmp/x>(deleted)\n');
  assert.equal(result, {
    kind: 'value',
    value: 3,
    text: '3',
    fd: { ...blank, number: 3, path: '/tmp/x', text: '/tmp/x', deleted: true },
    process: undefined,
    note: undefined,
  });
});

test('a call returns a process', () => {
  const { result } = readCall('getpid() = 7<sh>\n');
  assert.equal(result.kind === 'value' && result.process, {
    kind: 'pid',
    number: 7,
    command: 'sh',
  });
});

test.run();

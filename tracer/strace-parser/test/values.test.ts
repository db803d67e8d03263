import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Value } from '../source/index.js';
import { readArgument, readCall } from './read.js';

const number = (value: number | bigint, radix: 8 | 10 | 16 = 10, comment?: string): Value => ({
  kind: 'number',
  value,
  radix,
  comment,
});
const string = (value: string, truncated = false): Value => ({ kind: 'string', value, truncated });
const flags = (names: string[], rest?: number | bigint, comment?: string): Value => ({
  kind: 'flags',
  names,
  rest,
  comment,
});
const array = (items: Value[], truncated = false, negated = false): Value => ({
  kind: 'array',
  items,
  truncated,
  negated,
});
const struct = (fields: [string | undefined, Value][], truncated = false): Value => ({
  kind: 'struct',
  fields: fields.map(([name, value]) => ({ name, value })),
  truncated,
});
const opaque = (text: string): Value => ({ kind: 'opaque', text });

function reads(title: string, text: string, expected: Value): void {
  test(title, () => assert.equal(readArgument(text), expected));
}

reads('a string is its bytes', '"/etc/passwd"', string('/etc/passwd'));
reads('a string may be empty', '""', string(''));
reads(
  'octal escapes end where no octal digit follows',
  '"\\0b\\33\\1771\\2"',
  string('\0b\x1b\x7f1\x02'),
);
reads(
  'a letter escape is a control character',
  '"\\a\\b\\t\\n\\v\\f\\r"',
  string('\x07\b\t\n\v\f\r'),
);
reads('an escaped quote or backslash does not end a string', '"a\\"b\\\\"', string('a"b\\'));
reads('-xx writes every byte in hexadecimal', '"\\x2f\\x74\\xff"', string('/t\xff'));
reads('an octal byte above 127 stays one code unit', '"\\377\\303\\251"', string('\xff\xc3\xa9'));
reads('dots after a string say that it was cut', '"abc"...', string('abc', true));
reads('dots within a string are part of it', '"abc..."', string('abc...'));
reads('an abstract socket name begins with a NUL', '@"hidden"', string('\0hidden'));
reads(
  'brackets, commas and marks in a string are part of it',
  '"), [{<... ="',
  string('), [{<... ='),
);

reads('a number is a number', '832', number(832));
reads('a number may be negative', '-1', number(-1));
reads('a mode stays octal', '0755', number(0o755, 8));
reads('zero is decimal', '0', number(0));
reads('a pointer is hexadecimal', '0x7f00', number(0x7f00, 16));
reads('a pointer keeps its comment', '0x7ffe01a8 /* 35 vars */', number(0x7ffe01a8, 16, '35 vars'));
reads('a comment may hold commas and brackets', '0x1 /* a, (b */', number(1, 16, 'a, (b'));
reads('the greatest number is exact', '0xffffffffffffffff', number(0xffffffffffffffffn, 16));
reads('the least number is exact', '-9223372036854775808', number(-9223372036854775808n));
reads('a great safe number is a number', '9007199254740991', number(Number.MAX_SAFE_INTEGER));
reads('a great octal number is exact', '01777777777777777777777', number(0xffffffffffffffffn, 8));
reads('NULL is null', 'NULL', { kind: 'null' });

reads('a constant is a flag', 'AF_INET', flags(['AF_INET']));
reads('flags are a list of names', 'O_RDWR|O_CREAT', flags(['O_RDWR', 'O_CREAT']));
reads('a flag without a name is the rest', 'O_RDONLY|0x8000', flags(['O_RDONLY'], 0x8000));
reads('a mode has a type and an octal rest', 'S_IFREG|0644', flags(['S_IFREG'], 0o644));
reads('the numbers of -X raw are flags without names', '0x1|0x80000', flags([], 0x80001));
reads(
  'capabilities are names of bits',
  '1<<CAP_CHOWN|1<<CAP_KILL',
  flags(['1<<CAP_CHOWN', '1<<CAP_KILL']),
);
reads(
  '-X verbose explains a number by a comment',
  '0x80000 /* O_RDONLY|O_CLOEXEC */',
  number(0x80000, 16, 'O_RDONLY|O_CLOEXEC'),
);
reads('an unknown constant has a comment', 'X /* Y_??? */', flags(['X'], undefined, 'Y_???'));

reads('an array has items', '["a", 1]', array([string('a'), number(1)]));
reads('an array may be empty', '[]', array([]));
reads('an array may be cut', '["a", ...]', array([string('a')], true));
reads('an array may be cut at once', '[...]', array([], true));
reads(
  'a signal set has spaces between its members',
  '[INT CHLD]',
  array([flags(['INT']), flags(['CHLD'])]),
);
reads('a negated set is all but its members', '~[RT_1]', array([flags(['RT_1'])], false, true));
reads('a negated set may be empty', '~[]', array([], false, true));
reads('an array of arrays nests', '[[1], [2]]', array([array([number(1)]), array([number(2)])]));

reads(
  'a struct has named fields',
  '{fd=3, events=POLLIN}',
  struct([
    ['fd', number(3)],
    ['events', flags(['POLLIN'])],
  ]),
);
reads('a struct may be cut', '{st_size=7, ...}', struct([['st_size', number(7)]], true));
reads('a struct may be left out', '{...}', struct([], true));
reads(
  'a struct of a terminal has words without names',
  '{B38400 opost isig ...}',
  struct(
    [
      [undefined, flags(['B38400'])],
      [undefined, flags(['opost'])],
      [undefined, flags(['isig'])],
    ],
    true,
  ),
);
reads(
  'a date in a comment belongs to its field',
  '{st_mtime=1792191844 /* 2026-10-16T23:04:04+0000 */, st_mtime_nsec=0}',
  struct([
    ['st_mtime', number(1792191844, 10, '2026-10-16T23:04:04+0000')],
    ['st_mtime_nsec', number(0)],
  ]),
);
reads(
  'an address in a struct may have no field name',
  '{sin6_port=htons(80), inet_pton(AF_INET6, "::1", &sin6_addr)}',
  struct([
    ['sin6_port', { kind: 'macro', name: 'htons', args: [number(80)] }],
    [
      undefined,
      {
        kind: 'macro',
        name: 'inet_pton',
        args: [flags(['AF_INET6']), string('::1'), opaque('&sin6_addr')],
      },
    ],
  ]),
);

reads('a macro has arguments', 'makedev(0x1, 0x3)', {
  kind: 'macro',
  name: 'makedev',
  args: [number(1, 16), number(3, 16)],
});
reads('an argument may have a name', 'child_stack=NULL', {
  kind: 'named',
  name: 'child_stack',
  value: { kind: 'null' },
});
reads(
  'a length may change in an array',
  '[16 => 28]',
  array([{ kind: 'change', before: number(16), after: number(28) }]),
);
reads(
  'a length may change after an arrow of old',
  '[128->16]',
  array([{ kind: 'change', before: number(128), after: number(16) }]),
);
reads(
  'a field may change',
  '{msg_namelen=128 => 16}',
  struct([['msg_namelen', { kind: 'change', before: number(128), after: number(16) }]]),
);
reads('clone3 returns a struct for a struct', '{stack_size=0x7fff80} => {parent_tid=[2781]}', {
  kind: 'change',
  before: struct([['stack_size', number(0x7fff80, 16)]]),
  after: struct([['parent_tid', array([number(2781)])]]),
});

reads(
  'a wait status is an expression',
  '[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]',
  array([struct([[undefined, opaque('WIFEXITED(s) && WEXITSTATUS(s) == 3')]])]),
);
reads(
  'a limit is a product',
  '{rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}',
  struct([
    ['rlim_cur', opaque('8192*1024')],
    ['rlim_max', flags(['RLIM64_INFINITY'])],
  ]),
);
reads(
  'a restarted call names the one it resumes',
  '<... resuming interrupted read ...>',
  opaque('<... resuming interrupted read ...>'),
);
reads('alternative constants are an expression', 'TCGETS or SNDCTL', opaque('TCGETS or SNDCTL'));
reads(
  'an expression ends where its brackets are closed',
  'f(a, "b)")[1] + 1',
  opaque('f(a, "b)")[1] + 1'),
);
reads('a number with a letter in it is an expression', '000000ff', opaque('000000ff'));

test('a call may have no arguments', () => {
  assert.equal(readCall('getpid() = 7\n').args, []);
});

test('brackets nest as deep as they like', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  assert.is(readArgument(deep).kind, 'array');
});

test.run();

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Result } from '../source/index.js';
import { readCall, readOne } from './read.js';

function reads(title: string, text: string, expected: Result): void {
  test(title, () => assert.equal(readCall(`call() ${text}\n`).result, expected));
}

function readsValue(
  title: string,
  text: string,
  value: number | bigint,
  printed: string,
  note?: string,
): void {
  const nothing = { fd: undefined, process: undefined };
  reads(title, text, { kind: 'value', value, text: printed, ...nothing, note });
}

function readsError(title: string, text: string, errno: string, message?: string, note?: string) {
  reads(title, text, { kind: 'error', errno, message, note });
}

readsValue('a result is a number', '= 832', 832, '832');
readsValue('spaces may align the results', '                 = 0', 0, '0');
readsValue('a result may be a pointer', '= 0x7f0000', 0x7f0000, '0x7f0000');
readsValue('a result may be an octal mode', '= 022', 0o22, '022');
readsValue(
  'a great result is exact',
  '= 0xffffffffff600000',
  0xffffffffff600000n,
  '0xffffffffff600000',
);
readsValue('-1 without an error is a value', '= -1', -1, '-1');
readsValue('a result may have a note', '= 0 (Timeout)', 0, '0', 'Timeout');
readsValue(
  'flags are noted',
  '= 0x8002 (flags O_RDWR|O_LARGEFILE)',
  0x8002,
  '0x8002',
  'flags O_RDWR|O_LARGEFILE',
);
readsValue(
  'what poll found is noted',
  '= 1 ([{fd=7, revents=POLLOUT}])',
  1,
  '1',
  '[{fd=7, revents=POLLOUT}]',
);
readsValue(
  'a note may hold parentheses',
  '= 1 (in [3], left {x=f(1)})',
  1,
  '1',
  'in [3], left {x=f(1)}',
);
readsValue('an injected value is noted', '= 7 (INJECTED)', 7, '7', 'INJECTED');

readsError(
  'an error has a name and a message',
  '= -1 ENOENT (No such file or directory)',
  'ENOENT',
  'No such file or directory',
);
readsError('an error may have no message', '= -1 EIO', 'EIO');
readsError(
  'an injected error is noted',
  '= -1 EIO (Input/output error) (INJECTED)',
  'EIO',
  'Input/output error',
  'INJECTED',
);
readsError('an error without a name has a number', '= -1 (errno 530)', '530');

reads('a question mark is unknown', '= ?', { kind: 'unknown' });
reads('an unavailable result may have no question mark', '= <unavailable>', { kind: 'unknown' });
reads('an unavailable result is unknown', '= ? <unavailable>', { kind: 'unknown' });
reads(
  'an interrupted call is restarted',
  '= ? ERESTARTSYS (To be restarted if SA_RESTART is set)',
  {
    kind: 'restart',
    errno: 'ERESTARTSYS',
  },
);
reads('a restart block is named', '= ? ERESTART_RESTARTBLOCK (Interrupted by signal)', {
  kind: 'restart',
  errno: 'ERESTART_RESTARTBLOCK',
});

test('-T ends the line with the duration', () => {
  assert.is(readCall('call() = 0 <0.000012>\n').duration, 0.000012);
  assert.is(readCall('call() = 3</x> <1.5>\n').duration, 1.5);
  assert.is(readCall('call() = -1 EIO (Input/output error) <0.1>\n').duration, 0.1);
  assert.is(readCall('call() = 0 (Timeout) <2>\n').duration, 2);
});

test('a line that goes on after its result is not read', () => {
  assert.is(readOne('call() = 0 and more\n').kind, 'unparsed');
});

test('a line without a result is not read', () => {
  assert.equal(readOne('openat(AT_FDCWD, "/etc'), {
    kind: 'unparsed',
    line: 1,
    text: 'openat(AT_FDCWD, "/etc',
  });
});

test.run();

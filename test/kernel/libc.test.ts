import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeFd, openPipe } from '../../kernel/descriptors.js';
import { landlockAddRule } from '../../kernel/landlock.js';
import { addressOf, checked, libc, SystemCallError } from '../../kernel/libc.js';

const calling = suite('calling the C library');

calling('names the call that failed and its error', () => {
  const error = thrownBy(() => closeFd(-1));
  assert.is(error.name, 'SystemCallError');
  assert.is(error.syscall, 'close');
  assert.is(error.code, 'EBADF');
  assert.is(error.message, 'close: EBADF');
});

calling('names errors as the kernel does where two names are one number', () => {
  const { read, write } = openPipe();
  const fcntl = libc<[number, number, number], number>(
    'int fcntl(int fd, int command, long value)',
  );
  const F_SETFL = 4;
  checked('fcntl', fcntl(read, F_SETFL, 0o4000));
  const readNative = libc<[number, Buffer, number], number>(
    'intptr_t read(int fd, void *buffer, size_t count)',
  );
  const error = thrownBy(() => checked('read', readNative(read, Buffer.alloc(1), 1)));
  assert.is(error.code, 'EAGAIN');
  closeFd(read);
  closeFd(write);
});

calling('passes on what did not fail', () => {
  const getpid = libc<[], number>('int getpid()');
  assert.is(checked('getpid', getpid()), process.pid);
});

calling('tells where the bytes of a buffer lie', () => {
  const bytes = Buffer.alloc(16);
  assert.is(addressOf(bytes.subarray(8)) - addressOf(bytes), 8n);
});

calling('refuses a rule on no ruleset', () => {
  const { code } = thrownBy(() => landlockAddRule(-1, 1, Buffer.alloc(12)));
  assert.ok(['EBADF', 'ENOSYS', 'EOPNOTSUPP'].includes(code), code);
});

calling.run();

function thrownBy(act: () => void): SystemCallError {
  try {
    act();
  } catch (error) {
    if (error instanceof SystemCallError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

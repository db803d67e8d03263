import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mayUseIoUring } from '../../../tracer/permissive/calls/io-uring.js';

const users = suite('who may use io_uring');

const root = { user: 0, group: 0, groups: [] };
const member = { user: 1000, group: 1000, groups: [4, 77] };
const other = { user: 1000, group: 1000, groups: [] };

users('everybody, where it is not disabled', () => {
  for (const one of [root, member, other]) {
    assert.is(mayUseIoUring(one, { disabled: 0, group: -1 }), true);
  }
});

users('root and a group, where it is for those alone', () => {
  const settings = { disabled: 1, group: 77 };
  assert.is(mayUseIoUring(root, settings), true);
  assert.is(mayUseIoUring(member, settings), true);
  assert.is(mayUseIoUring(other, settings), false);
  assert.is(mayUseIoUring({ ...other, group: 77 }, settings), true);
});

users('nobody, where it is disabled', () => {
  for (const one of [root, member, other]) {
    assert.is(mayUseIoUring(one, { disabled: 2, group: 77 }), false);
  }
});

users.run();

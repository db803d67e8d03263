import type { Key } from 'ink';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messagesOf } from '../../tui/keys.js';

const keys = suite('keys');

keys('characters and named keys mean the same', () => {
  assert.equal(messagesOf('j', noKey), messagesOf('', { ...noKey, downArrow: true }));
  assert.equal(messagesOf('G', { ...noKey, shift: true }), messagesOf('', { ...noKey, end: true }));
});

keys('keys that arrive together are told apart', () => {
  assert.equal(messagesOf('jd', noKey), [
    { kind: 'moved', rows: 1 },
    { kind: 'decided', decision: 'deny' },
  ]);
});

keys('keys held with Ctrl are not the bare characters', () => {
  assert.equal(messagesOf('c', { ...noKey, ctrl: true }), [{ kind: 'interrupted' }]);
  assert.equal(messagesOf('d', { ...noKey, ctrl: true }), []);
  assert.equal(messagesOf('j\x03', noKey), [{ kind: 'moved', rows: 1 }, { kind: 'interrupted' }]);
});

keys('keys held with Alt, and unknown ones, mean nothing', () => {
  assert.equal(messagesOf('w', { ...noKey, meta: true }), []);
  assert.equal(messagesOf('constructor', noKey).length < 'constructor'.length, true);
  assert.equal(messagesOf('é', noKey), []);
});

const noKey: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

keys.run();

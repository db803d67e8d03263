import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messageFor } from '../../tui/keys.js';
import { PressReader } from '../../tui/presses.js';

const keys = suite('keys');

keys('characters and named keys mean the same', () => {
  assert.equal(messageFor('j', 'rows'), messageFor('Down', 'rows'));
  assert.equal(messageFor('G', 'rows'), messageFor('End', 'rows'));
});

keys('what is open decides what a key means', () => {
  assert.equal(messageFor('d', 'rows'), { kind: 'decided', decision: 'deny' });
  assert.is(messageFor('d', 'pager'), undefined);
  assert.equal(messageFor('d', 'prompt'), { kind: 'typed', text: 'd' });
});

keys('unknown keys mean nothing', () => {
  for (const press of ['é', 'constructor', 'Ctrl-d', 'F5']) {
    assert.is(messageFor(press, 'rows'), undefined);
  }
  assert.is(messageFor('Up', 'prompt'), undefined);
});

keys('Ctrl-C and Ctrl-Z mean the same everywhere', () => {
  for (const mode of ['rows', 'pager', 'menu', 'prompt'] as const) {
    assert.equal(messageFor('Ctrl-c', mode), { kind: 'interrupted' });
    assert.equal(messageFor('Ctrl-z', mode), { kind: 'suspend-asked' });
  }
});

const presses = suite('what a keyboard sends');

presses('keys that arrive together are told apart', () => {
  assert.equal(pressesIn('jd\x1b[B\x1bOA\x03é文'), [
    ...['j', 'd', 'Down', 'Up', 'Ctrl-c', 'é', '文'],
  ]);
});

presses('terminals send keys with names in several ways', () => {
  assert.equal(pressesIn('\x1b[H\x1b[1~\x1bOH\x1b[7~'), ['Home', 'Home', 'Home', 'Home']);
  assert.equal(pressesIn('\x1b[5~\x1b[6~\x1b[1;5C'), ['PageUp', 'PageDown', 'Right']);
  assert.equal(pressesIn('\r\t\x7f\b'), ['Enter', 'Tab', 'Backspace', 'Backspace']);
});

presses('a key that arrives in parts is one key', () => {
  const reader = new PressReader();
  const bytes = Buffer.from('\x1b[B文');
  const found = [...bytes].flatMap((byte) => [...reader.read(Buffer.of(byte))]);
  assert.equal(found, [
    { kind: 'pressed', press: 'Down' },
    { kind: 'pressed', press: '文' },
  ]);
});

presses('Escape is told from the beginning of another key by what follows, or does not', () => {
  const reader = new PressReader();
  assert.equal(reader.read('\x1b'), []);
  assert.ok(reader.isUndecided());
  assert.equal(reader.settle(), [{ kind: 'pressed', press: 'Escape' }]);
  assert.not.ok(reader.isUndecided());
});

presses('keys held with Alt, and unknown sequences, mean nothing', () => {
  assert.equal(pressesIn('\x1bw\x1b[99~\x1b[?1;2c'), []);
});

presses('what is pasted is text and no keys', () => {
  const reader = new PressReader();
  assert.equal(reader.read('\x1b[200~/srv/w\x1b[B'), []);
  assert.not.ok(reader.isUndecided());
  assert.equal(reader.read('d\x1b[201~q'), [
    { kind: 'pasted', text: '/srv/w\x1b[Bd' },
    { kind: 'pressed', press: 'q' },
  ]);
});

function pressesIn(text: string): readonly string[] {
  return new PressReader()
    .read(text)
    .map((press) => (press.kind === 'pressed' ? press.press : `pasted ${press.text}`));
}

keys.run();
presses.run();

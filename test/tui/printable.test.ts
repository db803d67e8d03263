import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printable } from '../../tui/printable.js';

const names = suite('printable names');

names('ordinary names stay as they are', () => {
  for (const name of ['/etc/passwd', '/home/ann/a b.txt', '/srv/Übung/文档.md', '~!@#$%^&*()']) {
    assert.is(printable(name), name);
  }
});

names('an escape sequence stays a name', () => {
  assert.is(printable('/tmp/\x1b[2J\x1b]0;owned\x07'), '/tmp/\\x1b[2J\\x1b]0;owned\\x07');
});

names('line breaks, tabs and deletes are shown', () => {
  assert.is(printable('a\nb\tc\rd\x7fe\0'), 'a\\x0ab\\x09c\\x0dd\\x7fe\\x00');
});

names('controls of eight bits are shown', () => {
  assert.is(printable('\x9b31m'), '\\u{9b}31m');
});

names('text cannot be made to run the other way', () => {
  assert.is(printable('gpj.\u202eexe\u2066'), 'gpj.\\u{202e}exe\\u{2066}');
});

names('what is invisible can be seen', () => {
  assert.is(
    printable('a\u200bb\ufeffc\u2028d\u{e0041}'),
    'a\\u{200b}b\\u{feff}c\\u{2028}d\\u{e0041}',
  );
});

names('bytes that are not UTF-8 stand as bytes', () => {
  assert.is(printable('caf\udce9 \udc80'), 'caf\\xe9 \\x80');
});

names('other lone surrogates are shown, and pairs are characters', () => {
  assert.is(printable('\ud83d \ude00 \u{1f600}'), '\\u{d83d} \\u{de00} \u{1f600}');
});

names('nothing in the first two planes writes to the terminal', () => {
  for (let code = 0; code < 0x20000; code++) {
    const shown = printable(`a${String.fromCodePoint(code)}b`);
    assert.not.match(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u, `U+${code.toString(16)}`);
  }
});

names.run();

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { breakHard, fit, shorten, widthOf, wrap } from '../../tui/width.js';
import { Random } from '../support/random.js';

const width = suite('width');

width('a text that fits is padded', () => {
  assert.is(fit('abc', 5), 'abc  ');
  assert.is(fit('文档', 5), '文档 ');
});

width('a text that does not fit is cut', () => {
  assert.is(fit('abcdef', 4), 'abc…');
  assert.is(fit('文档说明', 4), '文… ');
  assert.is(fit('abc', 0), '');
});

width('a path keeps both its ends', () => {
  assert.is(shorten('/usr/lib/x86_64-linux-gnu/libc.so.6', 20), '/usr/li…nu/libc.so.6');
  assert.is(shorten('/etc', 20), '/etc');
});

width('sentences break at spaces, and long words inside', () => {
  assert.equal(wrap('a rule on a directory', 9), ['a rule on', 'a', 'directory']);
  assert.equal(wrap('see /usr/share/doc now', 8), ['see', '/usr/sha', 're/doc', 'now']);
});

width('whatever the text, no cell too many', () => {
  const random = new Random(7);
  const pieces = ['a', 'bc', ' ', '/', '文', '👩‍👧', 'é', 'e\u0301', '한', '…'];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: random.below(30) }, () => random.pick(pieces)).join('');
    const cells = 2 + random.below(30);
    assert.is(widthOf(fit(text, cells)), cells, text);
    assert.ok(widthOf(shorten(text, cells)) <= cells, text);
    for (const line of wrap(text, cells)) assert.ok(widthOf(line) <= cells, text);
    assert.is(breakHard(text, cells).join(''), text);
    assert.is(wrap(text, cells).join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
  }
});

width.run();

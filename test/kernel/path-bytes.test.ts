import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  hasEscapedBytes,
  pathForNode,
  pathFromByteString,
  pathFromBytes,
  pathToBytes,
} from '../../kernel/path-bytes.js';
import { Random } from '../support/random.js';

const pathBytes = suite('paths as bytes');

pathBytes('of UTF-8 are the text that they are', () => {
  for (const path of ['/srv/data', '/srv/Zoë', '/srv/日本', '/srv/😀', '/srv/\ufffd']) {
    assert.is(pathFromBytes(Buffer.from(path)), path);
    assert.equal(pathToBytes(path), Buffer.from(path));
    assert.not.ok(hasEscapedBytes(path));
    assert.is(pathForNode(path), path);
  }
});

pathBytes('that are not UTF-8 stand as lone surrogates, one a byte', () => {
  const latin1 = Buffer.from('/caf\xe9/x', 'latin1');
  assert.is(pathFromBytes(latin1), '/caf\udce9/x');
  assert.ok(hasEscapedBytes('/caf\udce9/x'));
  assert.equal(pathForNode('/caf\udce9/x'), latin1);
});

pathBytes('come back as they were, whatever they are', () => {
  const random = new Random(3);
  // Beginnings of sequences, what goes on in them, overlong forms, surrogates, and plain text.
  const telling = [
    0x2f, 0x61, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xa0, 0xed, 0xef, 0xf0, 0x9f, 0xf4, 0xff,
  ];
  for (let round = 0; round < 20_000; round++) {
    const bytes = Buffer.from(
      Array.from({ length: random.below(12) }, () =>
        random.chance(0.7) ? random.pick(telling) : 1 + random.below(255),
      ),
    );
    const path = pathFromBytes(bytes);
    assert.equal(pathToBytes(path), bytes, bytes.toString('hex'));
    assert.is(pathFromByteString(bytes.toString('latin1')), path);
    assert.is(hasEscapedBytes(path), !Buffer.from(bytes.toString('utf8')).equals(bytes));
  }
});

pathBytes('are different paths where they are different bytes', () => {
  const paths = new Set<string>();
  for (let one = 0; one < 256; one++) {
    for (let other = 0; other < 256; other++) paths.add(pathFromBytes(Uint8Array.of(one, other)));
  }
  assert.is(paths.size, 256 * 256);
});

pathBytes('beside an emoji are told from its halves', () => {
  const bytes = Buffer.concat([Buffer.from('😀'), Buffer.of(0x9f), Buffer.from('😀')]);
  assert.equal(pathToBytes(pathFromBytes(bytes)), bytes);
});

pathBytes.run();

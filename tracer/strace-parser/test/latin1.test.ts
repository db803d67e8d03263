import { test } from 'uvu';
import * as assert from 'uvu/assert';

test('without Buffer, bytes are decoded and encoded the same', async () => {
  const node = globalThis.Buffer;
  const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 256);
  const expected = node.from(bytes).toString('latin1');
  try {
    Reflect.deleteProperty(globalThis, 'Buffer');
    const portable: typeof import('../source/latin1.js') = await import(
      `../source/latin1.ts?${'portable'}`
    );
    assert.is(portable.latin1(bytes, 0, bytes.length), expected);
    assert.is(portable.latin1(bytes, 3, 5000), expected.slice(3, 5000));
    const written = new Uint8Array(bytes.length);
    portable.writeLatin1(written, expected);
    assert.equal(written, bytes);
  } finally {
    globalThis.Buffer = node;
  }
});

test.run();

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesOf } from '../../kernel/bytes-of.js';

const bytes = suite('bytes of a file');
const directory = mkdtempSync(join(tmpdir(), 'll-learn-test-'));
const file = join(directory, 'fïle');
const content = Buffer.from(Array.from({ length: 10_000 }, (_, at) => at % 251));
writeFileSync(file, content);
bytes.after(() => rmSync(directory, { recursive: true, force: true }));

bytes('are those from a position on, up to the end', () => {
  for (const [at, length] of [
    [0, 10],
    [5000, 4096],
    [9990, 4096],
    [0, 20_000],
    [20_000, 10],
  ] as const) {
    const read = bytesOf(file, at, length);
    assert.ok(read?.equals(content.subarray(at, at + length)), `${length} from ${at}`);
  }
});

bytes('are none of what cannot be opened or read', () => {
  for (const path of ['/nowhere', '', directory, `${file}\0`, `/${'a/'.repeat(2100)}`]) {
    assert.is(bytesOf(path, 0, 10), undefined, path.slice(0, 40));
  }
});

bytes.run();

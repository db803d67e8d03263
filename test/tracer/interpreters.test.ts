import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { interpretersOf } from '../../tracer/interpreters.js';

const interpreters = suite('interpreters of programs');
const directory = mkdtempSync(join(tmpdir(), 'll-learn-test-'));
interpreters.after(() => rmSync(directory, { recursive: true, force: true }));
const node = readFileSync(process.execPath);
const [loader = ''] = interpretersOf(process.execPath) ?? [];

interpreters('are what a program names as its loader', () => {
  assert.match(loader, /^\/.*\/ld[^/]*$/);
});

interpreters('are found where the table of segments lies far behind the start', () => {
  const start = node.subarray(0, 4096);
  const [at, length] = [Number(node.readBigUInt64LE(32)), node.readUInt16LE(56) * 56];
  const moved = Buffer.concat([start, Buffer.alloc(100_000), node.subarray(at, at + length)]);
  moved.writeBigUInt64LE(104_096n, 32);
  assert.equal(interpretersOf(madeOf('moved', moved)), [loader]);
});

interpreters('are those of a script, one of another', () => {
  const first = madeOf('first', Buffer.from(`#! ${process.execPath} -x\n`));
  const second = madeOf('second', Buffer.from(`#!${first}\n`));
  assert.equal(interpretersOf(second), [first, process.execPath, loader]);
});

interpreters('are unknown where a program is cut off, or what it says of itself cannot be', () => {
  assert.is(interpretersOf(madeOf('cut', node.subarray(0, 100))), null);
  assert.is(interpretersOf(madeOf('header', node.subarray(0, 20))), null);
  for (const [offset, value] of [
    [32, 0xff],
    [39, 0xff],
    [54, 4],
  ] as const) {
    const broken = Buffer.from(node.subarray(0, 8192));
    broken[offset] = value;
    assert.ok((interpretersOf(madeOf(`broken${offset}`, broken)) ?? []).length === 0);
  }
});

interpreters('are none of what is neither', () => {
  assert.equal(interpretersOf(madeOf('text', Buffer.from('text'))), []);
  assert.equal(interpretersOf(madeOf('empty', Buffer.alloc(0))), []);
  assert.is(interpretersOf('/nowhere'), null);
});

interpreters.run();

function madeOf(name: string, bytes: Buffer): string {
  const file = join(directory, name);
  writeFileSync(file, bytes);
  return file;
}

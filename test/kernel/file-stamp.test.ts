import { chmodSync, linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stampAt } from '../../kernel/file-stamp.js';

const stamps = suite('the stamps of files');

const directory = mkdtempSync(join(tmpdir(), 'll-learn-stamps-'));
stamps.after(() => rmSync(directory, { recursive: true }));

stamps('are there for what stands, and none where nothing does', () => {
  assert.type(stampAt('/bin/sh'), 'string');
  assert.is(stampAt('/bin/sh'), stampAt('/bin/sh'));
  assert.not(stampAt('/bin/sh') === stampAt('/bin/cat'));
  for (const path of [join(directory, 'nothing'), '/bin/sh/nothing', `/${'long'.repeat(2000)}`]) {
    assert.is(stampAt(path), undefined, path.slice(0, 60));
  }
});

stamps('tell a file from itself after a change, once that is not of a moment ago', async () => {
  const file = join(directory, 'file');
  const link = join(directory, 'link');
  const name = join(directory, 'name');
  const later = () => new Promise((resolve) => setTimeout(resolve, 2500));
  writeFileSync(file, 'one');
  symlinkSync(file, link);
  assert.is(stampAt(file), undefined, 'just made');
  await later();
  const made = stampAt(file);
  assert.type(made, 'string');
  assert.is(stampAt(link), made, 'through a symlink');
  writeFileSync(file, 'two');
  chmodSync(file, 0o700);
  linkSync(file, name);
  assert.is(stampAt(file), undefined, 'just changed');
  await later();
  assert.type(stampAt(file), 'string');
  assert.not(stampAt(file) === made);
  assert.is(stampAt(name), stampAt(file), 'by another name');
});

stamps.run();

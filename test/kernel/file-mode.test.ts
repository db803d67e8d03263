import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modeAt } from '../../kernel/file-mode.js';
import { pathForNode } from '../../kernel/path-bytes.js';

const modes = suite('modes of files');
const directory = mkdtempSync(join(tmpdir(), 'll-learn-test-'));
modes.after(() => rmSync(directory, { recursive: true, force: true }));

modes('are those that Node finds, of every kind of file', () => {
  const at = (name: string) => join(directory, name);
  writeFileSync(at('file'), '');
  chmodSync(at('file'), 0o4751);
  mkdirSync(at('directory'));
  symlinkSync('nowhere', at('symlink'));
  execFileSync('mkfifo', [at('fifo')]);
  const paths = ['file', 'directory', 'symlink', 'fifo'].map(at);
  for (const path of [...paths, '/', '/dev/null', '/proc/self', `${directory}/../`]) {
    assert.is(modeAt(path), lstatSync(path).mode, path);
  }
});

modes('are found by names that are not UTF-8', () => {
  const path = `${directory}/b\udcffé`;
  writeFileSync(pathForNode(path), '');
  assert.is(modeAt(path), lstatSync(pathForNode(path)).mode);
  assert.is(modeAt(`${directory}/b\udcfeé`), undefined);
});

modes('are none where nothing is, or can be', () => {
  writeFileSync(join(directory, 'plain'), '');
  const long = `/${'a/'.repeat(2100)}`;
  for (const path of ['/nowhere/at/all', join(directory, 'plain/x'), '', long, '/etc\0/passwd']) {
    assert.is(modeAt(path), undefined, path.slice(0, 40));
  }
  assert.is(modeAt(`${directory}/${'./'.repeat(2000)}plain`) !== undefined, true);
});

modes.run();

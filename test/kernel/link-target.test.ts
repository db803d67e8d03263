import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linkAt } from '../../kernel/link-target.js';
import { pathForNode } from '../../kernel/path-bytes.js';

const links = suite('targets of symlinks');
const directory = mkdtempSync(join(tmpdir(), 'll-learn-test-'));
links.after(() => rmSync(directory, { recursive: true, force: true }));

links('are told as they stand, whole', () => {
  const targets = ['x', '../y/', 'é', 'b\udcff', `${'long/'.repeat(818)}12345`];
  for (const [number, target] of targets.entries()) {
    const path = join(directory, `link${number}`);
    symlinkSync(pathForNode(target), path);
    assert.is(linkAt(path), target);
  }
});

links('are none where no symlink is', () => {
  for (const path of [
    '/',
    '/etc/passwd',
    '/nowhere',
    '',
    `/${'a/'.repeat(2100)}`,
    '/proc/self\0',
  ]) {
    assert.is(linkAt(path), undefined, path.slice(0, 40));
  }
});

links('lead from /proc to what a process uses', () => {
  assert.is(linkAt('/proc/self/cwd'), process.cwd());
  assert.is(linkAt('/proc/self'), String(process.pid));
});

links.run();

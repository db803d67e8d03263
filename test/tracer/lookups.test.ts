import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Lookups } from '../../tracer/lookups.js';

const lookups = suite('what was looked for and not there');
const missing = () => true;

lookups('is kept as an open that failed, each counted', () => {
  const kept = new Lookups();
  kept.add(lookup('/home/me/.rc'));
  kept.add(lookup('/home/me/.rc'));
  kept.add({ ...lookup('/home/me/.d'), directory: true });
  assert.equal(kept.kept(missing), [
    {
      operation: opening('/home/me/.rc', 'regular'),
      ...{ executable: '/bin/one', call: 'openat', result: 'ENOENT', count: 2 },
    },
    {
      operation: opening('/home/me/.d', 'directory'),
      ...{ executable: '/bin/one', call: 'openat', result: 'ENOENT', count: 1 },
    },
  ]);
});

lookups('is not kept in directories that programs search', () => {
  const searched = ['/usr/lib/x', '/lib/x', '/lib64/x', '/proc/1/x', '/dev/x', '/run/user/1/x'];
  assert.equal(pathsOf([...searched, '/tmp/x', '/var/tmp/x']), []);
  const settings = ['/etc/x', '/home/me/x', '/srv/desk/x', '/tmp/desk/x', '/library/x', '/x'];
  assert.equal(pathsOf(settings), settings);
});

lookups('is dropped with its directory where more than a few names were looked for', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `/srv/include/${at}`);
  assert.equal(pathsOf(names(16)), names(16));
  assert.equal(pathsOf([...names(17), '/etc/x', '/srv/include/again']), ['/etc/x']);
});

lookups('is bounded whatever a run looks for', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => `/srv/${at % 20_000}/${at}`);
  assert.ok(pathsOf(many).length <= 5000);
});

lookups('is forgotten where something was there after all', () => {
  const kept = new Lookups();
  for (const path of ['/etc/a', '/etc/b']) kept.add(lookup(path));
  assert.is(kept.kept((path) => path === '/etc/b').length, 1);
});

lookups.run();

function lookup(path: string) {
  return { path, directory: false, executable: '/bin/one', call: 'openat' };
}

function opening(path: string, type: 'regular' | 'directory') {
  return {
    ...{ kind: 'open', path, type, read: true, write: false, truncate: false, create: 'no' },
  };
}

function pathsOf(paths: readonly string[]): readonly string[] {
  const kept = new Lookups();
  for (const path of paths) kept.add(lookup(path));
  return kept
    .kept(missing)
    .map(({ operation }) => ('path' in operation ? operation.path : 'of no path'));
}

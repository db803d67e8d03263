import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PathRule, PathUse } from '../../inference/inference.js';
import { fsAccess } from '../../landlock/access-set.js';
import { pathReasons } from '../../profiles/reasons.js';

const reasons = suite('reasons');

reasons('a rule is explained by who used it, how, how often and how far beneath', () => {
  const uses = [
    use('/usr/bin/git', 'mkdir', 'make_dir', '/w/a', 3),
    use('/usr/bin/git', 'openat', 'read_file', '/w/b', 8),
    use('/bin/sh', 'openat', 'read_file', '/w', 1),
  ];
  assert.equal(reasonsOf(uses), [
    'git (mkdir, openat), sh (openat); 10+ times, on a few paths beneath',
  ]);
});

reasons('a call that asks for nothing which another does not ask for is left out', () => {
  const execve = { ...use('/bin/x', 'execve', 'read_file', '/bin/x', 1) };
  const both = { ...execve, access: fsAccess('execute', 'read_file') };
  assert.equal(reasonsOf([both, use('/bin/x', 'openat', 'read_file', '/bin/x', 5)]), [
    'x (execve); once, on one path beneath',
  ]);
});

reasons('why a rule lies where it does is told once', () => {
  const lifted = { ...use('/bin/x', 'openat', 'read_file', '/w/new', 2), why: 'lifted' as const };
  assert.equal(reasonsOf([lifted, lifted]), [
    'x (openat); a few times, on one path beneath',
    'here, since what was used below is made, removed or replaced by the program',
  ]);
});

reasons('many programs are named by the first few', () => {
  const uses = Array.from({ length: 9 }, (_, number) =>
    use(`/bin/p${number}`, 'openat', 'read_file', '/w', 1),
  );
  assert.match(reasonsOf(uses)[0] ?? '', /^p0 \(openat\), .*p5 \(openat\) and 3 more programs; /);
});

reasons.run();

function reasonsOf(uses: readonly PathUse[]): readonly string[] {
  const rule: PathRule = {
    path: '/w',
    directory: true,
    access: fsAccess('read_file'),
    uses,
    guarded: undefined,
  };
  return pathReasons(rule);
}

function use(
  executable: string,
  call: string,
  right: 'read_file' | 'make_dir',
  path: string,
  count: number,
): PathUse {
  return { executable, call, count, path, access: fsAccess(right), why: 'observed' };
}

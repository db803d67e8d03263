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

reasons('tell what a rule opens beyond what was used, and in how many of the runs it was', () => {
  const read = [use('/bin/x', 'openat', 'read_file', '/w/a', 1)];
  const opens = [
    { access: fsAccess('read_file'), what: 'files', count: 214 },
    { access: fsAccess('write_file'), what: 'files', count: 3 },
    { access: fsAccess('truncate'), what: 'files', count: 5 },
    { access: fsAccess('make_reg'), what: 'directories', count: 1 },
  ] as const;
  const lines = pathReasons({ ...ruleFor(read), opens, seen: { runs: 2, of: 3 } });
  assert.match(lines[0] ?? '', /; in 2 of 3 runs$/);
  assert.ok(
    lines.includes(
      'opens more than was used: +214 files readable, +5 files writable, +1 directory changeable',
    ),
    lines.join(),
  );
  assert.not.match(pathReasons({ ...ruleFor(read), opens: [] }).join(), /opens/);
});

reasons.run();

function reasonsOf(uses: readonly PathUse[]): readonly string[] {
  return pathReasons(ruleFor(uses));
}

function ruleFor(uses: readonly PathUse[]): PathRule {
  const access = fsAccess('read_file');
  return { path: '/w', directory: true, access, uses, guarded: undefined };
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

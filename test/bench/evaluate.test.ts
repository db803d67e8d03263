import { existsSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contestants } from '../../bench/evaluate/contestants.js';
import type { FileCount } from '../../bench/evaluate/disk-count.js';
import { Evaluation, type Result } from '../../bench/evaluate/evaluate.js';
import type { Program } from '../../bench/evaluate/program.js';
import { atMostFiveRules } from '../../bench/evaluate/rivals/at-most-five-rules.js';
import { fourEntries } from '../../bench/evaluate/rivals/four-entries.js';
import type { Rule } from '../../bench/evaluate/rivals/rule.js';
import { scores } from '../../bench/evaluate/rivals/scores.js';
import { threeNames } from '../../bench/evaluate/rivals/three-names.js';
import { wideningOf } from '../../bench/evaluate/widening.js';
import { observe } from '../../inference/observe.js';
import { type FsAccess, fsAccess, isSubset, union } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import { lacksAudit, withAudit } from '../support/audit.js';
import { opening } from '../support/opening.js';
import {
  lacksLandlock,
  lacksPrograms,
  lacksWayForOthers,
  testWhere,
} from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';

const evaluation = suite('evaluating what profiles are worth');

const read = fsAccess('read_file');
const used = [
  '/usr/share/x/a',
  '/usr/share/x/b',
  '/usr/share/x/c',
  '/usr/share/x/d',
  '/etc/x/y/z/one',
];
const rules = used.map((path): Rule => ({ path, directory: false, access: read }));

evaluation('four entries make a directory, and three do not', () => {
  assert.equal(pathsOf(fourEntries(rules)), ['/etc/x/y/z/one', '/usr/share/x']);
  assert.equal(pathsOf(fourEntries(rules.slice(1))), used.slice(1).sort());
});

evaluation('a path is cut to three names', () => {
  assert.equal(pathsOf(threeNames(rules)), ['/etc/x/y', '/usr/share/x']);
});

evaluation('no more than five rules are left, and no less than need be', () => {
  const many = [...rules, { path: '/srv/f', directory: false, access: read }];
  assert.equal(pathsOf(atMostFiveRules(rules)), [...used].sort());
  assert.is(pathsOf(atMostFiveRules(many)).length <= 5, true);
});

evaluation('scores reduce what lies deep and is used alike', () => {
  assert.equal(pathsOf(scores(rules)), ['/etc/x/y/z/one', '/usr/share/x']);
});

evaluation('no rival loses a right that was needed', () => {
  for (const fold of [fourEntries, threeNames, atMostFiveRules, scores]) {
    for (const { path, access } of rules) assert.ok(isSubset(access, grantedAt(fold(rules), path)));
  }
});

evaluation('widening is what is there, open, and was not used', () => {
  const observed = observe([{ operations: [opened('/srv/a')], objects: [], environment: {} }], 7);
  const paths = [{ path: '/srv', directory: true, access: read, uses: [], guarded: undefined }];
  const files = (path: string): FileCount =>
    path === '/srv' ? { all: 10, personal: 10 } : { all: 1, personal: 1 };
  const widening = wideningOf({ paths }, observed, { files, programs: files });
  assert.equal(widening, { readable: 9, writable: 0, executable: 0, personal: 9 });
});

const lack = lacksLandlock(4) ?? lacksTracer() ?? lacksWayForOthers() ?? lacksPrograms('cat');

testWhere(evaluation, lack, 'what was not trained is denied by the kernel and found', async () => {
  const { results, left } = await evaluated({
    name: 'cat',
    needs: ['cat'],
    training: { files: { seen: 's\n' }, command: () => ['cat', 'seen'] },
    test: { files: { unseen: 'u\n' }, command: () => ['cat', 'unseen'] },
  });
  assert.equal(
    results.map(({ contestant }) => contestant),
    contestants.map(({ name }) => name),
  );
  const exact = results.find(({ contestant }) => contestant === 'exact');
  assert.is(exact?.passed, false);
  assert.is(exact?.widening.readable, 0);
  const [denial, ...more] = exact?.denials ?? [];
  assert.equal(more, []);
  assert.equal(denial?.blockers, ['fs.read_file']);
  assert.match(denial?.object.kind === 'path' ? denial.object.path : '', /\/desk\/unseen$/);
  assert.equal(left, []);
});

testWhere(evaluation, lack, 'what a rule on the directory allows passes', async () => {
  const { results } = await evaluated({
    name: 'cat',
    needs: ['cat'],
    training: { files: { seen: 's\n' }, command: () => ['cat', 'seen'] },
    test: { files: { seen: 'other\n' }, command: () => ['cat', 'seen'] },
  });
  for (const { contestant, passed, denials } of results) {
    assert.ok(passed, contestant);
    assert.equal(denials, [], contestant);
  }
  const fewest = results.find(({ contestant }) => contestant === 'five rules');
  assert.ok((fewest?.rules ?? 6) <= 5);
});

evaluation.run();

async function evaluated(program: Program) {
  const evaluating = new Evaluation(() => {});
  let results: readonly Result[];
  try {
    results =
      lacksAudit() === undefined
        ? await withAudit((records) => evaluating.of(program, records))
        : await evaluating.of(program, undefined);
  } finally {
    evaluating.end();
  }
  return { results, left: evaluating.directories.filter((path) => existsSync(path)) };
}

function opened(path: string) {
  return {
    operation: opening(path),
    executable: '/bin/cat',
    call: 'openat',
    result: 'ok',
    count: 1,
  } as const;
}

function pathsOf(some: readonly Rule[]): readonly string[] {
  return some.map(({ path }) => path).sort();
}

function grantedAt(some: readonly Rule[], path: string): FsAccess {
  return some
    .filter((rule) => isBeneath(path, rule.path))
    .map(({ access }) => access)
    .reduce(union, fsAccess());
}

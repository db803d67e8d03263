import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FamilyRules, Finding, Inference, PathRule } from '../../inference/inference.js';
import type { FsRight } from '../../landlock/abi.js';
import { fsAccess } from '../../landlock/access-set.js';
import { pathRulesOf } from '../../profiles/path-rules.js';
import { PortableSpelling } from '../../profiles/portable.js';
import { sampleInference } from './sample.js';

const tables = suite('the tables of a profile');

const family: FamilyRules = {
  ...{ name: 'c-library', what: 'the C library', reason: 'every program' },
  paths: ['/etc/ld.so.cache', '/lib/ld.so', '/lib/libc.so'],
};

const paths: readonly PathRule[] = [
  rule('/etc/ld.so.cache'),
  rule('/lib/ld.so', 'execute'),
  rule('/lib/libc.so'),
  rule('/srv/a'),
];

tables('the rules of a family stand behind all others, one table for each set of rights', () => {
  const { parents, reasons } = tablesOf([]);
  assert.equal(parents, [['/srv/a'], ['/etc/ld.so.cache', '/lib/libc.so'], ['/lib/ld.so']]);
  assert.equal(reasons[1], ['c-library: the C library; every program', 'x (openat); a few times']);
});

tables('what has a finding stands alone, and is explained', () => {
  const finding: Finding = { severity: 'low', sentence: 'look', rules: ['/lib/libc.so'] };
  const { parents, reasons } = tablesOf([finding]);
  assert.equal(parents, [['/lib/libc.so'], ['/srv/a'], ['/etc/ld.so.cache'], ['/lib/ld.so']]);
  assert.ok(reasons[0]?.includes('low: look'));
});

tables('every rule is in one table, with its own rights', () => {
  const { rules } = tablesOf([]);
  const flat = rules.flatMap(({ parents, access }) => parents.map((path) => [path, access]));
  assert.equal(flat.sort(), paths.map(({ path, access }) => [path, access]).sort());
});

tables.run();

function tablesOf(findings: readonly Finding[]) {
  const inference: Inference = { ...sampleInference, paths, families: [family], findings };
  const byRule = new Map(
    findings.flatMap((each) => (each.rules ?? []).map((path) => [path, [each]])),
  );
  const rules = pathRulesOf(inference, byRule, new PortableSpelling({}));
  return {
    rules,
    parents: rules.map(({ parents }) => parents),
    reasons: rules.map(({ reasons }) => reasons),
  };
}

function rule(path: string, ...rights: readonly FsRight[]): PathRule {
  const access = fsAccess('read_file', ...rights);
  const use = { executable: '/bin/x', call: 'openat', count: 1, path, access };
  return {
    path,
    directory: false,
    access,
    guarded: undefined,
    uses: [{ ...use, why: 'observed' }],
  };
}

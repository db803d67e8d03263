import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PathUse } from '../../inference/inference.js';
import { outlineOf, placeAbove } from '../../tui/outline.js';
import { type Branch, pathTree } from '../../tui/tree.js';
import { directoryRule, fileRule, gitFetch, inferenceOf, readRule, subjectOf } from './subjects.js';

const tree = suite('the tree');

tree('a rule alone is one branch with its whole path', () => {
  assert.equal(drawn([readRule('/etc/passwd')]), ['* /etc/passwd']);
});

tree('a directory in which it parts is a heading', () => {
  const rules = [readRule('/etc/passwd'), readRule('/etc/group'), readRule('/dev/null')];
  assert.equal(drawn(rules), ['* /dev/null', '/etc/', '  * group', '  * passwd']);
});

tree('a chain of single steps is one heading', () => {
  const rules = [readRule('/usr/lib/x86_64/a.so'), readRule('/usr/lib/x86_64/b.so')];
  assert.equal(drawn(rules), ['/usr/lib/x86_64/', '  * a.so', '  * b.so']);
});

tree('what lies beneath a rule is below it', () => {
  const rules = [readRule('/srv/www/x/y'), directoryRule('/srv', ['read_dir'], [])];
  assert.equal(drawn(rules), ['* /srv/', '  * www/x/y']);
});

tree('a rule on the root has all others below it', () => {
  const rules = [directoryRule('/', ['read_dir'], []), readRule('/etc/passwd')];
  assert.equal(drawn(rules), ['* /', '  * etc/passwd']);
});

tree('the order of the rules does not matter', () => {
  const rules = gitFetch().paths;
  assert.equal(drawn([...rules].reverse()), drawn(rules));
});

tree('names that only begin alike are not beneath each other', () => {
  const rules = [directoryRule('/srv/a', ['read_dir'], []), readRule('/srv/ab')];
  assert.equal(drawn(rules), ['/srv/', '  * a/', '  * ab']);
});

const outline = suite('the outline');

outline('every row knows its parent and its descendants', () => {
  const rows = outlineOf(gitFetch(), { facts: subjectOf(gitFetch()).facts, idle: [] });
  rows.forEach((row, at) => {
    for (let below = at + 1; below < rows.length; below++) {
      const isDescendant = below <= at + row.descendants;
      assert.is((rows[below]?.depth ?? 0) > row.depth || !isDescendant, true);
      if (placeAbove(rows, below) === at) assert.ok(isDescendant);
    }
    const above = placeAbove(rows, at);
    if (above >= 0) assert.is(row.depth, (rows[above]?.depth ?? 0) + 1);
  });
});

outline('files come first, then ports, scopes, creations, findings and the run', () => {
  const sections = outlineOf(gitFetch(), { facts: subjectOf(gitFetch()).facts, idle: [] }).filter(
    (row) => row.depth === 0,
  );
  assert.equal(
    sections.map((row) => row.label),
    [
      'Files and directories',
      'Network ports',
      'Scopes',
      'Made before enforcing',
      'Findings',
      'The run',
    ],
  );
});

outline('a heading counts all uses beneath it, those of rules beneath rules as well', () => {
  const use = (path: string) => ({ ...readRule(path).uses[0], count: 3 }) as PathUse;
  const paths = [
    directoryRule('/srv', ['read_dir'], [use('/srv')]),
    fileRule('/srv/a', ['read_file'], [use('/srv/a')]),
  ];
  const [section] = outlineOf(inferenceOf({ paths }), { facts: [], idle: [] });
  assert.is(section?.count, 6);
});

outline('an inference without anything still has a row', () => {
  const rows = outlineOf(inferenceOf({ abi: 1 }), { facts: [], idle: [] });
  assert.equal(
    rows.map((row) => row.label),
    ['Files and directories'],
  );
});

outline('a scope that nobody needed to be without is shown as kept in', () => {
  const rows = outlineOf(gitFetch(), { facts: subjectOf(gitFetch()).facts, idle: [] });
  const scopes = rows.filter(({ item }) => item.kind === 'scoped' || item.kind === 'unscoped');
  assert.equal(
    scopes.map((row) => [row.label, row.rights, row.decidable]),
    [
      ['signals to other processes', 'needed', true],
      ['abstract sockets of other processes', 'kept in', false],
    ],
  );
});

/** A tree as text: rules with a star, two spaces for each step down. */
function drawn(rules: Parameters<typeof pathTree>[0]): readonly string[] {
  return pathTree(rules).flatMap(drawnBranch);
}

function drawnBranch(branch: Branch): readonly string[] {
  const star = branch.rule === undefined ? '' : '* ';
  return [
    `${star}${branch.label}`,
    ...branch.below.flatMap(drawnBranch).map((text) => `  ${text}`),
  ];
}

tree.run();
outline.run();

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Inference, PathRule } from '../../inference/inference.js';
import { fullDetail } from '../../tui/detail.js';
import { evidenceLines } from '../../tui/evidence.js';
import { modelOf } from '../../tui/laying-out.js';
import { textOf } from '../../tui/line.js';
import { update } from '../../tui/update.js';
import { topUses } from '../../tui/uses.js';
import { placeOfCursor } from '../../tui/window.js';
import { witnessOf } from '../../tui/witness.js';
import { directoryRule, fileRule, gitFetch, inferenceOf, subjectOf, use } from './subjects.js';

const evidence = suite('evidence');

evidence('tells the rights, who used them, why, and what would fail', () => {
  const path = '/etc/passwd';
  const uses = [
    use('ssh', 'openat', path, ['read_file'], 2),
    use('git', 'openat', path, ['read_file'], 7),
  ];
  assert.equal(evidenceFor([fileRule(path, ['read_file'], uses)], path), [
    '/etc/passwd',
    'allowed: this alone',
    '',
    'Rights',
    'r read_file: opens it for reading',
    '',
    'Used by',
    '7x /usr/bin/git openat /etc/passwd (read_file)',
    '2x /usr/bin/ssh openat /etc/passwd (read_file)',
    '',
    'If denied',
    'git will get EACCES when it opens /etc/passwd for reading',
    'ssh will get EACCES when it opens /etc/passwd for reading',
    '',
    'Why',
    'observed: the run did it',
  ]);
});

evidence('what is moved out of a directory fails with the errno of a move', () => {
  const rule = directoryRule('/srv', ['refer'], [use('mv', 'rename', '/srv', ['refer'])]);
  assert.ok(
    evidenceFor([rule], '/srv/').includes(
      'mv will get EXDEV when it renames or links between /srv and another directory',
    ),
  );
});

evidence('what another rule allows as well does not fail', () => {
  const read = use('cat', 'openat', '/srv/a', ['read_file']);
  const rules = [
    directoryRule('/srv', ['read_file'], [read]),
    fileRule('/srv/a', ['read_file'], [read]),
  ];
  const lines = evidenceFor(rules, 'a');
  assert.ok(lines.includes('nothing that was seen fails: other rules allow it all'));
});

evidence('a guarded place is marked, and reasons other than observation are told', () => {
  const lift = use('git', 'openat', '/home/ann/x', ['write_file'], 1, 'lifted');
  const lines = evidenceFor(
    [directoryRule('/home/ann', ['write_file'], [lift], 'a home directory')],
    '/home/ann/',
  );
  assert.ok(lines.some((line) => line.startsWith('! A guarded place (a home directory)')));
  assert.ok(lines.includes('1x /usr/bin/git openat /home/ann/x (write_file) lifted'));
  assert.ok(lines.some((line) => line.startsWith('lifted: what was used will not be there')));
});

evidence('a path in it cannot write to the terminal', () => {
  const model = modelOf(subjectOf(gitFetch()), { columns: 80, rows: 24 });
  model.outline.forEach((_, at) => {
    const text = evidenceLines(witnessOf(model), at, fullDetail(60)).map(textOf).join('');
    assert.not.match(text, /[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

evidence('every row has evidence of its own', () => {
  const model = modelOf(subjectOf(gitFetch()), { columns: 80, rows: 24 });
  const texts = model.outline.map((_, at) =>
    evidenceLines(witnessOf(model), at, fullDetail(60)).map(textOf).join('\n'),
  );
  assert.is(new Set(texts).size, texts.length);
});

evidence('the most frequent uses are found among many', () => {
  const uses = Array.from({ length: 1000 }, (_, at) =>
    use('p', 'openat', `/srv/${at}`, ['read_file'], (at * 7919) % 1000),
  );
  assert.equal(
    topUses(uses, 3).map(({ count }) => count),
    [999, 998, 997],
  );
});

/** The full evidence for the row with this label. */
function evidenceFor(paths: readonly PathRule[], label: string): readonly string[] {
  const inference: Inference = inferenceOf({ paths });
  let model = modelOf(subjectOf(inference), { columns: 80, rows: 24 });
  const rows = model.outline.findIndex((row) => row.label === label);
  model = update(model, { kind: 'moved', rows }).model;
  return evidenceLines(witnessOf(model), placeOfCursor(model), fullDetail(90)).map(textOf);
}

evidence.run();

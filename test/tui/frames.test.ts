import { renderToString } from 'ink';
import { createElement } from 'react';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dangerMapOf } from '../../inference/danger-map.js';
import type { Inference } from '../../inference/inference.js';
import { profileDifferences } from '../../profiles/diff/differences.js';
import type { Profile } from '../../profiles/profile.js';
import { modelOf } from '../../tui/laying-out.js';
import type { Size } from '../../tui/layout.js';
import type { Message } from '../../tui/messages.js';
import type { Model } from '../../tui/model.js';
import { SheetContext, sheetOf } from '../../tui/sheet.js';
import type { ReviewSubject } from '../../tui/subject.js';
import { plainTheme } from '../../tui/theme.js';
import { update } from '../../tui/update.js';
import { View } from '../../tui/view.js';
import { widthOf } from '../../tui/width.js';
import { equalsGolden } from '../support/golden.js';
import { gitFetch, manyRules, subjectOf } from './subjects.js';

const frames = suite('frames');

frames('80 by 24: the evidence lies below the tree', () => {
  isGolden(shown(gitFetch(), { columns: 80, rows: 24 }, down(12)), '80x24');
});

frames('100 by 30: the evidence stands beside the tree', () => {
  isGolden(shown(gitFetch(), { columns: 100, rows: 30 }, down(5), deny), '100x30');
});

frames('200 by 60: there is room for all of it', () => {
  isGolden(shown(gitFetch(), { columns: 200, rows: 60 }, down(14)), '200x60');
});

frames('40 by 8: the tree alone', () => {
  isGolden(shown(gitFetch(), { columns: 40, rows: 8 }, down(5)), '40x8');
});

frames('a preview takes the place of both panes', () => {
  const preview: Message = { kind: 'pager-asked', pager: 'preview' };
  isGolden(shown(gitFetch(), { columns: 60, rows: 14 }, down(5), deny, preview), 'preview');
});

frames('the difference to the file on the disk is in rights on hierarchies', () => {
  const difference: Message = { kind: 'pager-asked', pager: 'difference' };
  const subject = subjectOf(gitFetch());
  const onDisk = subject.profile(gitFetch(), []);
  const dangers = dangerMapOf([]);
  const differences = (next: Profile) => profileDifferences(onDisk, next, dangers);
  const start = modelOf({ ...subject, differences }, { columns: 80, rows: 24 });
  const model = [down(5), deny, difference].reduce(
    (before, message) => update(before, message).model,
    start,
  );
  isGolden(model, 'difference');
});

frames('the help tells every key', () => {
  const help: Message = { kind: 'pager-asked', pager: 'help' };
  isGolden(shown(gitFetch(), { columns: 80, rows: 76 }, help), 'help');
});

frames('a target that runs is told of at the top, and its keys at the bottom', () => {
  const start = modelOf(running(gitFetch()), { columns: 100, rows: 24 });
  isGolden(start, 'live');
});

frames('what a target writes takes the place of both panes', () => {
  const start = modelOf(running(gitFetch()), { columns: 60, rows: 12 });
  const lines = ['Serving on port 8000', '\x1b[2Jwiped', 'GET /a'.padEnd(70, '.')];
  const came: Message = { kind: 'output-came', lines };
  const output: Message = { kind: 'pager-asked', pager: 'output' };
  const model = [came, output].reduce((before, message) => update(before, message).model, start);
  isGolden(model, 'output');
});

frames('leaving with decisions asks at the bottom', () => {
  const model = shown(gitFetch(), { columns: 80, rows: 24 }, deny, { kind: 'quit-asked' });
  assert.is(frame(model).at(-1), ' Decisions are not written: w writes, q again quits');
});

frames('of 5,000 rules only those are drawn that there is room for', () => {
  for (const rows of [6, 24, 60]) {
    const model = shown(manyRules(5000), { columns: 100, rows }, { kind: 'jumped', to: 'last' });
    const lines = frame(model);
    assert.is(lines.length, rows - 1);
    assert.ok(lines.some((line) => line.startsWith('>')));
  }
});

frames('no size of terminal makes a frame too wide or too high', () => {
  for (const columns of [1, 2, 5, 11, 19, 20, 40, 79, 95, 96, 120]) {
    for (const rows of [1, 2, 3, 5, 8, 9, 12, 15, 16, 24, 40]) {
      for (const pager of ['help', 'preview', 'evidence', 'difference', undefined] as const) {
        const opened: readonly Message[] =
          pager === undefined ? [] : [{ kind: 'pager-asked', pager }];
        const lines = frame(shown(gitFetch(), { columns, rows }, down(7), ...opened));
        assert.ok(
          lines.length <= Math.max(rows - 1, 1),
          `${columns}x${rows}: ${lines.length} lines`,
        );
        for (const line of lines)
          assert.ok(widthOf(line) <= columns, `${columns}x${rows}: ${line}`);
      }
    }
  }
});

function isGolden(model: Model, name: string): void {
  equalsGolden(`${frame(model).join('\n')}\n`, `review-${name}.txt`);
}

const deny: Message = { kind: 'decided', decision: 'deny' };

function down(rows: number): Message {
  return { kind: 'moved', rows };
}

function running(inference: Inference): ReviewSubject {
  return { ...subjectOf(inference), facts: [], target: { kind: 'running', run: 1 } };
}

function shown(
  inference: Parameters<typeof subjectOf>[0],
  size: Size,
  ...messages: readonly Message[]
): Model {
  const start = modelOf(subjectOf(inference), size);
  return messages.reduce((model, message) => update(model, message).model, start);
}

function frame(model: Model): readonly string[] {
  const sheet = sheetOf(plainTheme);
  const view = createElement(SheetContext, { value: sheet }, createElement(View, { model }));
  return sheet.filled(renderToString(view, { columns: model.size.columns }));
}

frames.run();

import { orderTitles } from './arrangement.js';
import type { Mode } from './keys.js';
import { layoutFor } from './layout.js';
import { type Line, line } from './line.js';
import type { Model, Notice } from './model.js';
import { printable } from './printable.js';
import { type Prompt, promptTitles } from './prompt.js';
import { sliderText } from './sliding.js';
import { modeOf } from './update.js';
import { fit, takeEnd, widthOf } from './width.js';

/** The line at the bottom: a notice or what is typed, else the keys; and where one is. */
export function footerLine(model: Model): Line {
  const { columns } = model.size;
  if (model.notice === 'slid') return line(fit(` ${sliderText(model)}`, columns), 'notice');
  if (model.notice !== undefined) return line(fit(` ${notices[model.notice]}`, columns), 'notice');
  if (model.prompt !== undefined) return promptLine(model.prompt, columns);
  const { filter } = model.arrangement;
  const shown = filter === '' ? '' : ` /${printable(filter)} (Esc: all)`;
  const place = model.menu === undefined ? `${shown} ${position(model)} ` : '';
  const room = Math.max(columns - widthOf(place), 0);
  const mode = modeOf(model);
  if (mode === 'leaving') return line(fit(` ${fateQuestion(model)}`, columns), 'notice');
  const keys = mode === 'rows' && model.live !== undefined ? liveKeys : keysOf[mode];
  const fitting = keys.filter((_, at) => widthOf(` ${keys.slice(0, at + 1).join('  ')}`) <= room);
  return line(
    fit(` ${fitting.join('  ')}`, room) + (columns > widthOf(place) ? place : ''),
    'faint',
  );
}

const notices: Readonly<Record<Exclude<Notice, 'slid'>, string>> = {
  unsaved: 'Decisions are not written: w writes, q again quits',
  'nothing-to-decide': 'There is nothing to allow or deny on this row',
  'nothing-to-undo': 'There is nothing to undo',
  'nothing-to-redo': 'There is nothing to redo',
  'nothing-to-fold': 'There are no rules to fold onto this directory',
  'nothing-to-unfold': 'This rule stands for no others',
  'nothing-to-cut': 'This row has no rights',
  'nothing-open': 'Nothing is left that wants a decision',
  'nothing-to-name': 'No variable stands for the beginning of this path',
  'nothing-to-explain': 'There is nothing to give a reason for on this row',
  'no-target': 'No command runs here that could be stopped',
  'did-more': 'The command has ended, and did more meanwhile: look at it, then w writes',
  'ordered-path': `Shown ${orderTitles.path}`,
  'ordered-program': `Shown ${orderTitles.program}`,
  'ordered-family': `Shown ${orderTitles.family}`,
  'ordered-severity': `Shown ${orderTitles.severity}`,
  'ordered-widening': `Shown ${orderTitles.widening}`,
  'no-absolute-path': 'That is no absolute path: it begins with / and has no . or ..',
};

// The most needed first: what does not fit is left out from the end.
const keysOf: Readonly<Record<Mode, readonly string[]>> = {
  rows: [
    '? help',
    'space allow/deny',
    'u undo',
    'p preview',
    'w write',
    'q quit',
    'n next to decide',
    'D difference',
    '/ filter',
    's order',
    'Enter evidence',
    'r rights',
    'f F fold',
    '[ ] fold all',
    'b bulk',
    '+ add',
    'v variable',
    'e reason',
  ],
  leaving: [],
  pager: ['Esc back', 'j k PgUp PgDn g G scroll', 'w write', 't format of the preview'],
  menu: ['Esc back', 'j k choose', 'space a d i decide', 'u undo', 'Enter done'],
  prompt: [],
};

const liveKeys: readonly string[] = [
  ...keysOf.rows.slice(0, 6),
  'o output',
  'S stop it',
  'R run again',
  ...keysOf.rows.slice(6),
];

function fateQuestion({ live }: Model): string {
  const deed = live?.leaving === 'write' ? 'write' : 'leave';
  return `The command runs: s stop it and ${deed}  k ${deed} and let it run  Esc go back`;
}

const additionHint = 'Tab completes; a slash at the end: and all beneath it';

/** The end of what is typed, since there is the cursor; and how it may go on. */
function promptLine({ kind, text, candidates }: Prompt, columns: number): Line {
  const title = ` ${promptTitles[kind]}: `;
  const names = candidates.map((path) => path.slice(path.slice(0, -1).lastIndexOf('/') + 1));
  const first = kind === 'add' && text === '' ? `  ${additionHint}` : '';
  const hint = names.length === 0 ? first : `  ${names.map(printable).join(' ')}`;
  const head = widthOf(title) + 8 > columns ? ' ' : title;
  const room = Math.max(columns - widthOf(head) - 1, 0);
  const tail = takeEnd(printable(text), room);
  return [
    { text: head, style: 'heading' },
    { text: tail, style: 'plain' },
    { text: ' ', style: 'cursor' },
    { text: fit(hint, Math.max(room - widthOf(tail), 0)), style: 'faint' },
  ];
}

function position({ pager, size, cursor, visible }: Model): string {
  if (pager === undefined) return `${cursor + 1}/${visible.length}`;
  const last = Math.min(pager.top + layoutFor(size).pager.rows, pager.lines.length);
  return `${last}/${pager.lines.length}`;
}

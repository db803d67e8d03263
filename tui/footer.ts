import { layoutFor } from './layout.js';
import { type Line, line } from './line.js';
import type { Model, Notice } from './model.js';
import { fit, widthOf } from './width.js';

/** The line at the bottom: a notice when there is one, else the keys; and where one is. */
export function footerLine(model: Model): Line {
  const { columns } = model.size;
  const place = ` ${position(model)} `;
  const room = Math.max(columns - widthOf(place), 0);
  if (model.notice !== undefined) return line(fit(` ${notices[model.notice]}`, columns), 'notice');
  const keys = model.pager === undefined ? treeKeys : pagerKeys;
  const fitting = keys.filter((_, at) => widthOf(` ${keys.slice(0, at + 1).join('  ')}`) <= room);
  return line(
    fit(` ${fitting.join('  ')}`, room) + (columns > widthOf(place) ? place : ''),
    'faint',
  );
}

const notices: Readonly<Record<Notice, string>> = {
  unsaved: 'Decisions are not written: w writes, q again quits',
  'nothing-to-decide': 'There is nothing to allow or deny on this row',
  'nothing-to-undo': 'There is nothing to undo',
  'nothing-to-redo': 'There is nothing to redo',
};

// The most needed first: what does not fit is left out from the end.
const treeKeys = [
  '? help',
  'space allow/deny',
  'u undo',
  'p preview',
  'w write',
  'q quit',
  'Enter evidence',
  'h l fold',
  'U redo',
];
const pagerKeys = ['Esc back', 'j k PgUp PgDn g G scroll', 'w write'];

function position({ pager, size, cursor, visible }: Model): string {
  if (pager === undefined) return `${cursor + 1}/${visible.length}`;
  const last = Math.min(pager.top + layoutFor(size).pager.rows, pager.lines.length);
  return `${last}/${pager.lines.length}`;
}

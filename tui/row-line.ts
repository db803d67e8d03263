import { type Line, line, type Span, textOf } from './line.js';
import type { Row } from './outline.js';
import { cutColumn } from './rights.js';
import type { RowState } from './standing.js';
import type { Style } from './theme.js';
import { fit, shorten } from './width.js';

/** How a row stands on the screen at the moment. */
export interface RowLook {
  readonly state: RowState;
  /** What of a rule's rights is granted, where some are not. */
  readonly allowed: number;
  /** Whether it wants a decision. */
  readonly open: boolean;
  readonly folded: boolean;
  readonly underCursor: boolean;
  /** Whether there is a column for what rules open unused. */
  readonly widening: boolean;
}

/** A row of the tree as a line: pointer, mark, guard, label, rights, count. */
export function rowLine(row: Row, look: RowLook, columns: number): Line {
  const spans = [
    ...leading(row, look),
    ...labelAndColumns(row, look, columns - leadingWidth),
  ] satisfies readonly Span[];
  // One style for the whole row: inverted hues are hard to read.
  return look.underCursor ? line(fit(textOf(spans), columns), 'cursor') : spans;
}

const leadingWidth = 4;
const rightsWidth = 10;
const countWidth = 6;

function leading(row: Row, { state, open, underCursor }: RowLook): readonly Span[] {
  const guard = open || row.item.kind === 'finding';
  return [
    { text: underCursor ? '>' : ' ', style: 'plain' },
    { text: state === undefined ? ' ' : marks[state], style: state ?? 'plain' },
    { text: guard ? '! ' : '  ', style: 'warning' },
  ];
}

/** How a state is marked, so that it can be told without colours. */
export const marks: Readonly<Record<NonNullable<RowState>, string>> = {
  allowed: '+',
  denied: '-',
  ignored: '.',
  offered: '?',
  mixed: '~',
};

function labelAndColumns(row: Row, look: RowLook, columns: number): readonly Span[] {
  const right = columnsOf(row, look) + (look.widening ? wideningColumn(row) : '');
  const fitsColumns = columns - right.length >= leastLabel;
  const room = fitsColumns ? columns - right.length : columns;
  const indent = '  '.repeat(Math.max(0, Math.min(row.depth, Math.floor(room / 8))));
  const sign = row.descendants === 0 ? '  ' : look.folded ? '▸ ' : '▾ ';
  const label = fit(shorten(row.label, room - indent.length - 2), room - indent.length - 2);
  return [
    { text: `${indent}${sign}`, style: 'faint' },
    { text: label, style: labelStyle(row, look) },
    ...(fitsColumns ? [{ text: right, style: 'plain' as const }] : []),
  ];
}

const leastLabel = 16;

function columnsOf(row: Row, { state, allowed }: RowLook): string {
  if (row.rights === '' && row.count === 0) return '';
  const cut = row.item.kind === 'rule' && state === 'mixed';
  const rights = cut ? cutColumn(row.rights, allowed) : row.rights;
  const count = row.count === 0 ? '' : formatCount(row.count);
  return ` ${fit(rights, rightsWidth)} ${count.padStart(countWidth)} `;
}

const wideningWidth = 7;

function wideningColumn({ widening }: Row): string {
  const text = widening === undefined || widening === 0 ? '' : `+${formatCount(widening)}`;
  return `${text.padStart(wideningWidth - 1)} `;
}

/** A count in at most six cells: `999999`, then `1000k`, `25M`. */
export function formatCount(count: number): string {
  if (count < 1e6) return String(count);
  return count < 1e9 ? `${Math.floor(count / 1e6)}M` : `${Math.floor(count / 1e9)}G`;
}

function labelStyle(row: Row, { state }: RowLook): Style {
  if (row.item.kind === 'section') return 'title';
  if (state === 'denied' || state === 'ignored' || state === 'offered') return state;
  if (row.item.kind === 'finding') return 'warning';
  return row.item.kind === 'directory' || row.item.kind === 'group' ? 'heading' : 'plain';
}

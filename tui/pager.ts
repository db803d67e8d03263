import { writeToml } from '../profiles/write-toml.js';
import { fullDetail } from './detail.js';
import { differenceLines } from './difference-lines.js';
import { evidenceLines } from './evidence.js';
import { helpLines } from './help-lines.js';
import { layoutFor, type Size } from './layout.js';
import { type Line, line } from './line.js';
import type { Model, Pager, PagerKind } from './model.js';
import { decidedProfileOf } from './outcome.js';
import { outputLines } from './output-lines.js';
import { printable } from './printable.js';
import { breakHard } from './width.js';
import { clamp, placeOfCursor } from './window.js';
import { witnessOf } from './witness.js';

/** A pager at its first line. */
export function openPager(model: Model, kind: PagerKind): Pager {
  return { kind, lines: pagerLines(model, kind), top: 0 };
}

/** Whether the last line can be seen. */
export function showsEnd(pager: Pager, size: Size): boolean {
  return pager.top >= lastTop(pager, size);
}

/** The model with its pager, if one is open, laid out for the present size. */
export function reflowed(model: Model): Model {
  const { pager } = model;
  if (pager === undefined) return model;
  return {
    ...model,
    pager: scrollBy({ ...openPager(model, pager.kind), top: pager.top }, 0, model.size),
  };
}

export function scrollBy(pager: Pager, lines: number, size: Size): Pager {
  return { ...pager, top: clamp(pager.top + lines, 0, lastTop(pager, size)) };
}

/** A screenful further, with one line of the old screen left as a landmark. */
export function scrollByPages(pager: Pager, pages: number, size: Size): Pager {
  return scrollBy(pager, pages * Math.max(1, layoutFor(size).pager.rows - 1), size);
}

export function scrollTo(pager: Pager, end: 'first' | 'last', size: Size): Pager {
  return { ...pager, top: end === 'first' ? 0 : lastTop(pager, size) };
}

function lastTop(pager: Pager, size: Size): number {
  return Math.max(0, pager.lines.length - layoutFor(size).pager.rows);
}

function pagerLines(model: Model, kind: PagerKind): readonly Line[] {
  const { columns } = layoutFor(model.size).pager;
  switch (kind) {
    case 'help':
      return helpLines(columns);
    case 'difference':
      return differenceLines(model.subject.differences(decidedProfileOf(model)), columns);
    case 'output':
      return outputLines(model.live?.output ?? [], columns);
    case 'preview':
      return previewLines(model, columns);
    case 'evidence':
      return evidenceLines(witnessOf(model), placeOfCursor(model), fullDetail(columns));
  }
}

function previewLines(model: Model, columns: number): readonly Line[] {
  const profile = decidedProfileOf(model);
  const format = model.subject.formats[model.format - 1];
  const text = format === undefined ? writeToml(profile) : format.write(profile);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((raw) => {
      const style = /^(#|\/\/|<!--)/.test(raw) ? 'faint' : 'plain';
      return breakHard(printable(raw), columns).map((piece) => line(piece, style));
    });
}

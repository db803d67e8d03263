import { layoutFor } from './layout.js';
import type { Model } from './model.js';
import { placeAbove } from './outline.js';
import { isOpenAt } from './standing.js';
import { inView, placeOfCursor, visibleRows } from './window.js';

/** The cursor this many visible rows further down, or up. */
export function moveBy(model: Model, rows: number): Model {
  return inView({ ...model, cursor: model.cursor + rows });
}

/** The cursor a screenful further, with one row of the old screen left as a landmark. */
export function moveByPages(model: Model, pages: number): Model {
  return moveBy(model, pages * Math.max(1, layoutFor(model.size).tree.rows - 1));
}

export function moveTo(model: Model, end: 'first' | 'last'): Model {
  return inView({ ...model, cursor: end === 'first' ? 0 : model.visible.length - 1 });
}

/** Folds the row under the cursor, or goes to the heading above one that cannot be folded. */
export function fold(model: Model): Model {
  const at = placeOfCursor(model);
  const row = model.outline[at];
  if (row === undefined) return model;
  if (row.descendants > 0 && !model.folded.has(row.id)) {
    return refold(model, new Set(model.folded).add(row.id), at);
  }
  const above = placeAbove(model.outline, at);
  return above < 0 ? model : reveal(model, above);
}

/** Unfolds the row under the cursor, or goes to the first row below one that is open. */
export function unfold(model: Model): Model {
  const at = placeOfCursor(model);
  const row = model.outline[at];
  if (row === undefined || row.descendants === 0) return model;
  if (!model.folded.has(row.id)) return moveBy(model, 1);
  const folded = new Set(model.folded);
  folded.delete(row.id);
  return refold(model, folded, at);
}

/** The cursor on the row at this place of the outline, unfolding what hides it. */
export function reveal(model: Model, at: number): Model {
  const { outline } = model;
  const folded = new Set(model.folded);
  for (let above = placeAbove(outline, at); above >= 0; above = placeAbove(outline, above)) {
    folded.delete(outline[above]?.id ?? '');
  }
  if (folded.size < model.folded.size) return refold(model, folded, at);
  return inView({ ...model, cursor: Math.max(0, model.visible.indexOf(at)) });
}

/** The cursor on the row with an id; where it was when there is none. */
export function revealId(model: Model, id: string): Model {
  const at = model.outline.findIndex((row) => row.id === id);
  return at < 0 ? model : reveal(model, at);
}

/** The cursor on the next row that wants a decision, around the end; nothing when none does. */
export function moveToOpen(model: Model, step: 1 | -1): Model | undefined {
  const { outline, tally } = model;
  const start = placeOfCursor(model);
  for (let further = 1; further <= outline.length; further++) {
    const at = (start + further * step + outline.length * further) % outline.length;
    if (isOpenAt(tally, at)) return reveal(model, at);
  }
  return undefined;
}

function refold(model: Model, folded: ReadonlySet<string>, at: number): Model {
  const visible = visibleRows(model.outline, folded);
  return inView({ ...model, folded, visible, cursor: Math.max(0, visible.indexOf(at)) });
}

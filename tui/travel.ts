import { layoutFor } from './layout.js';
import { inView, type Model, placeOfCursor, visibleRows } from './model.js';

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
  if (row.descendants > 0 && !model.folded.has(at)) {
    return refold(model, new Set(model.folded).add(at), at);
  }
  return row.parent < 0 ? model : reveal(model, row.parent);
}

/** Unfolds the row under the cursor, or goes to the first row below one that is open. */
export function unfold(model: Model): Model {
  const at = placeOfCursor(model);
  if (model.folded.has(at)) {
    const folded = new Set(model.folded);
    folded.delete(at);
    return refold(model, folded, at);
  }
  return (model.outline[at]?.descendants ?? 0) > 0 ? moveBy(model, 1) : model;
}

/** The cursor on the row at this place of the outline, unfolding what hides it. */
export function reveal(model: Model, at: number): Model {
  const folded = new Set(model.folded);
  let above = model.outline[at]?.parent ?? -1;
  while (above >= 0) {
    folded.delete(above);
    above = model.outline[above]?.parent ?? -1;
  }
  return refold(model, folded, at);
}

function refold(model: Model, folded: ReadonlySet<number>, at: number): Model {
  const visible = visibleRows(model.outline, folded);
  return inView({ ...model, folded, visible, cursor: Math.max(0, visible.indexOf(at)) });
}

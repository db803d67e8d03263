import { layoutFor } from './layout.js';
import type { Model } from './model.js';
import type { Row } from './outline.js';

/** The places of the rows that are not folded away. */
export function visibleRows(
  outline: readonly Row[],
  folded: ReadonlySet<string>,
): readonly number[] {
  const visible: number[] = [];
  for (let at = 0; at < outline.length; at++) {
    visible.push(at);
    if (folded.size === 0) continue;
    const row = outline[at];
    if (row !== undefined && row.descendants > 0 && folded.has(row.id)) at += row.descendants;
  }
  return visible;
}

/** The place in the outline of the row under the cursor. */
export function placeOfCursor(model: Pick<Model, 'visible' | 'cursor'>): number {
  return model.visible[model.cursor] ?? 0;
}

/** The place among the visible rows of the one with an id; where it was, when it is gone. */
export function cursorOn(model: Model, id: string): number {
  const found = model.visible.findIndex((at) => model.outline[at]?.id === id);
  return found < 0 ? model.cursor : found;
}

/** The model with its window moved no further than it takes to show the cursor. */
export function inView(model: Model): Model {
  const height = Math.max(layoutFor(model.size).tree.rows, 1);
  const cursor = clamp(model.cursor, 0, model.visible.length - 1);
  const lowest = Math.max(0, Math.min(cursor, model.visible.length - height));
  const top = clamp(model.top, Math.max(0, cursor - height + 1), lowest);
  return { ...model, cursor, top };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

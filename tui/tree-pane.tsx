import { useMemo } from 'react';
import type { Size } from './layout.js';
import type { Line } from './line.js';
import type { Model } from './model.js';
import { Pane } from './pane.js';
import { rowLine } from './row-line.js';
import { allowedAt, isOpenAt, stateAt } from './standing.js';

interface TreePaneProps {
  readonly model: Model;
  readonly size: Size;
}

/** The window onto the tree: only the rows that can be seen are made into lines. */
export function TreePane({ model, size }: TreePaneProps) {
  const { outline, tally, folded, visible, cursor, top } = model;
  const widening = size.columns >= leastForWidening && tally.widens;
  const lines = useMemo(
    () =>
      visible.slice(top, top + size.rows).flatMap((at, index): readonly Line[] => {
        const row = outline[at];
        if (row === undefined) return [];
        const state = stateAt(outline, tally, at);
        const underCursor = top + index === cursor;
        const look = { state, open: isOpenAt(tally, at), allowed: allowedAt(outline, tally, at) };
        const isFolded = folded.has(row.id);
        return [rowLine(row, { ...look, folded: isFolded, underCursor, widening }, size.columns)];
      }),
    [outline, tally, folded, visible, cursor, top, widening, size.rows, size.columns],
  );
  return <Pane name="tree" lines={lines} size={size} />;
}

/** Of a narrower pane, labels need the room. */
const leastForWidening = 50;

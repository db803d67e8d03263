import { useMemo } from 'react';
import type { Size } from './layout.js';
import type { Line } from './line.js';
import { LinesPane } from './lines-pane.js';
import type { Model } from './model.js';
import { rowLine } from './row-line.js';
import { stateAt } from './standing.js';

interface TreePaneProps {
  readonly model: Model;
  readonly size: Size;
}

/** The window onto the tree: only the rows that can be seen are made into lines. */
export function TreePane({ model, size }: TreePaneProps) {
  const { outline, tally, folded, visible, cursor, top } = model;
  const lines = useMemo(
    () =>
      visible.slice(top, top + size.rows).flatMap((at, index): readonly Line[] => {
        const row = outline[at];
        if (row === undefined) return [];
        const state = stateAt(outline, tally, at);
        const underCursor = top + index === cursor;
        const look = { state, standing: tally.standings[at], folded: folded.has(row.id) };
        return [rowLine(row, { ...look, underCursor }, size.columns)];
      }),
    [outline, tally, folded, visible, cursor, top, size.rows, size.columns],
  );
  return <LinesPane lines={lines} size={size} />;
}

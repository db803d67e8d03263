import { Text } from 'ink';
import { memo, useContext } from 'react';
import type { Line } from './line.js';
import { type Theme, ThemeContext } from './theme.js';
import { fit, widthOf } from './width.js';

interface LineTextProps {
  readonly line: Line;
  readonly columns: number;
}

/** A line, cut where its pane ends. */
export const LineText = memo(function LineText({ line, columns }: LineTextProps) {
  const theme = useContext(ThemeContext);
  return <Text wrap="truncate">{paint(line, columns, theme)}</Text>;
});

function paint(line: Line, columns: number, theme: Theme): string {
  let room = columns;
  let painted = '';
  for (const { text, style } of line) {
    if (room <= 0) break;
    const part = fit(text, Math.min(widthOf(text), room));
    painted += theme(style, part);
    room -= widthOf(part);
  }
  // Ink would give a line of nothing no height.
  return painted === '' ? ' ' : painted;
}

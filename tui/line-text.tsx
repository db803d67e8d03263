import { Text } from 'ink';
import { memo, useContext } from 'react';
import { type Line, textOf } from './line.js';
import { type Theme, ThemeContext } from './theme.js';
import { fit, widthOf } from './width.js';

interface LineTextProps {
  readonly line: Line;
  readonly columns: number;
}

/** A line in exactly as many cells as its pane has. */
export const LineText = memo(function LineText({ line, columns }: LineTextProps) {
  const theme = useContext(ThemeContext);
  return <Text wrap="truncate">{paint(line, columns, theme)}</Text>;
});

function paint(line: Line, columns: number, theme: Theme): string {
  let room = columns;
  let painted = '';
  for (const { text, style } of line) {
    const part = fit(text, Math.min(widthOf(text), room));
    painted += theme(style, part);
    room -= widthOf(part);
  }
  // Spaces, since Ink would give a line of nothing no height.
  const last = line.at(-1)?.style === 'cursor' ? 'cursor' : 'plain';
  return painted + theme(last, ' '.repeat(textOf(line) === '' ? columns : room));
}

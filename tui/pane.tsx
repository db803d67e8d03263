import { Box, Text } from 'ink';
import { useContext, useInsertionEffect } from 'react';
import type { Size } from './layout.js';
import type { Line } from './line.js';
import { lettersOf, type PaneName, SheetContext } from './sheet.js';

interface PaneProps {
  readonly name: PaneName;
  readonly lines: readonly Line[];
  readonly size: Size;
}

/** A pane filled with lines from its top, and with blanks below them. */
export function Pane({ name, lines, size }: PaneProps) {
  const sheet = useContext(SheetContext);
  // Before Ink draws, which is when all nodes are what they should be.
  useInsertionEffect(() => sheet.put(name, lines, size.columns));
  return (
    <Box width={size.columns} height={size.rows} flexShrink={0}>
      <Text>{lettersOf(name, size.rows)}</Text>
    </Box>
  );
}

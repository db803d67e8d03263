import { Box } from 'ink';
import type { Size } from './layout.js';
import { type Line, line } from './line.js';
import { LineText } from './line-text.js';

interface LinesPaneProps {
  readonly lines: readonly Line[];
  readonly size: Size;
}

/** A pane filled with lines from its top, and with blanks below them. */
export function LinesPane({ lines, size }: LinesPaneProps) {
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0}>
      {Array.from({ length: size.rows }, (_, at) => (
        <LineText key={at} line={lines[at] ?? blank} columns={size.columns} />
      ))}
    </Box>
  );
}

const blank = line('');

import { Box } from 'ink';
import type { Layout } from './layout.js';
import { line } from './line.js';
import type { Pager, PagerKind } from './model.js';
import { Pane } from './pane.js';
import { printable } from './printable.js';

interface PagerPaneProps {
  readonly pager: Pager;
  readonly layout: Layout;
  readonly output: string;
  /** The name of a preview's format, where that is not our own. */
  readonly format: string | undefined;
}

/** Help, preview or evidence in the place of both panes. */
export function PagerPane({ pager, layout, output, format }: PagerPaneProps) {
  const { columns, rows } = layout.pager;
  const file = pager.kind === 'preview' || pager.kind === 'difference' ? printable(output) : '';
  const as = pager.kind === 'preview' && format !== undefined ? ` as ${format}` : '';
  const title = `── ${titles[pager.kind]}${file}${as} `;
  return (
    <Box flexDirection="column">
      {layout.pagerTitle === 1 && (
        <Pane
          name="title"
          lines={[line(title.padEnd(columns, '─'), 'heading')]}
          size={{ columns, rows: 1 }}
        />
      )}
      <Pane
        name="pages"
        lines={pager.lines.slice(pager.top, pager.top + rows)}
        size={layout.pager}
      />
    </Box>
  );
}

const titles: Readonly<Record<PagerKind, string>> = {
  help: 'Help',
  preview: 'Preview of ',
  difference: 'What changes in ',
  evidence: 'Evidence',
  output: 'What the command has written',
};

import { Box } from 'ink';
import { useMemo } from 'react';
import { EvidencePane } from './evidence-pane.js';
import { footerLine } from './footer.js';
import { headerLines } from './header.js';
import { type Layout, layoutFor } from './layout.js';
import { line } from './line.js';
import { LineText } from './line-text.js';
import { LinesPane } from './lines-pane.js';
import { menuLines } from './menu-lines.js';
import type { Model } from './model.js';
import { PagerPane } from './pager-pane.js';
import { TreePane } from './tree-pane.js';

interface ViewProps {
  readonly model: Model;
}

/** The whole screen, one line less than the terminal is high. */
export function View({ model }: ViewProps) {
  const layout = useMemo(() => layoutFor(model.size), [model.size]);
  const { columns } = layout.pager;
  return (
    <Box flexDirection="column" width={columns}>
      <LinesPane
        lines={headerLines(model).slice(0, layout.header)}
        size={{ columns, rows: layout.header }}
      />
      {model.pager === undefined ? (
        <Panes model={model} layout={layout} />
      ) : (
        <PagerPane
          pager={model.pager}
          layout={layout}
          output={model.subject.output}
          format={model.subject.formats[model.format - 1]?.name}
        />
      )}
      {layout.footer === 1 && <LineText line={footerLine(model)} columns={columns} />}
    </Box>
  );
}

function Panes({ model, layout }: ViewProps & { readonly layout: Layout }) {
  const { menu } = model;
  if (layout.arrangement === 'alone') {
    if (menu === undefined) return <TreePane model={model} size={layout.tree} />;
    return <LinesPane lines={menuLines(model, menu, layout.tree)} size={layout.tree} />;
  }
  const isBeside = layout.arrangement === 'beside';
  return (
    <Box flexDirection={isBeside ? 'row' : 'column'}>
      <TreePane model={model} size={layout.tree} />
      {isBeside ? (
        <LinesPane lines={verticalRule(layout.tree.rows)} size={{ ...layout.tree, columns: 2 }} />
      ) : (
        <LineText
          line={line('─'.repeat(layout.tree.columns), 'faint')}
          columns={layout.tree.columns}
        />
      )}
      {menu === undefined ? (
        <EvidencePane model={model} size={layout.evidence} />
      ) : (
        <LinesPane lines={menuLines(model, menu, layout.evidence)} size={layout.evidence} />
      )}
    </Box>
  );
}

function verticalRule(rows: number) {
  return Array.from({ length: rows }, () => line('│ ', 'faint'));
}

import { Box } from 'ink';
import { useMemo } from 'react';
import { EvidencePane } from './evidence-pane.js';
import { footerLine } from './footer.js';
import { headerLines } from './header.js';
import { type Layout, layoutFor, type Size } from './layout.js';
import { line } from './line.js';
import { menuLines } from './menu-lines.js';
import type { Model } from './model.js';
import { PagerPane } from './pager-pane.js';
import { Pane } from './pane.js';
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
      <Pane
        name="header"
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
      {layout.footer === 1 && (
        <Pane name="footer" lines={[footerLine(model)]} size={{ columns, rows: 1 }} />
      )}
    </Box>
  );
}

function Panes({ model, layout }: ViewProps & { readonly layout: Layout }) {
  const { menu } = model;
  if (layout.arrangement === 'alone') {
    if (menu === undefined) return <TreePane model={model} size={layout.tree} />;
    return <Pane name="tree" lines={menuLines(model, menu, layout.tree)} size={layout.tree} />;
  }
  const isBeside = layout.arrangement === 'beside';
  return (
    <Box flexDirection={isBeside ? 'row' : 'column'}>
      <TreePane model={model} size={layout.tree} />
      <Divider isBeside={isBeside} tree={layout.tree} />
      {menu === undefined ? (
        <EvidencePane model={model} size={layout.evidence} />
      ) : (
        <Pane
          name="evidence"
          lines={menuLines(model, menu, layout.evidence)}
          size={layout.evidence}
        />
      )}
    </Box>
  );
}

function Divider({ isBeside, tree }: { readonly isBeside: boolean; readonly tree: Size }) {
  const { size, lines } = useMemo(
    () =>
      isBeside
        ? { size: { ...tree, columns: 2 }, lines: Array.from({ length: tree.rows }, vertical) }
        : { size: { ...tree, rows: 1 }, lines: [line('─'.repeat(tree.columns), 'faint')] },
    [isBeside, tree],
  );
  return <Pane name="divider" lines={lines} size={size} />;
}

function vertical() {
  return line('│ ', 'faint');
}

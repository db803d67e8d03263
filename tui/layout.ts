/** A terminal's size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Where everything is drawn. The parts add up to one line less than the terminal has. */
export interface Layout {
  readonly header: 0 | 1 | 2;
  readonly footer: 0 | 1;
  /** The tree and beside it or below it, where there is room, the evidence. */
  readonly arrangement: 'beside' | 'below' | 'alone';
  readonly tree: Size;
  readonly evidence: Size;
  /** Help, preview and full evidence take the place of both panes, below a title of their own. */
  readonly pagerTitle: 0 | 1;
  readonly pager: Size;
}

/** The layout for a terminal: panes side by side where it is wide, stacked where it is high. */
export function layoutFor(size: Size): Layout {
  const columns = Math.max(size.columns, 1);
  const lines = Math.max(size.rows - 1, 1);
  const header = lines >= 8 ? 2 : lines >= 3 ? 1 : 0;
  const footer = lines >= 2 ? 1 : 0;
  const body = lines - header - footer;
  const pagerTitle = body >= 4 ? 1 : 0;
  const pager = { columns, rows: body - pagerTitle };
  return { header, footer, pagerTitle, pager, ...panes(columns, body) };
}

const beside = { columns: 96, rows: 8 };
const below = { columns: 20, rows: 12 };
const divider = 1;

function panes(columns: number, rows: number): Pick<Layout, 'arrangement' | 'tree' | 'evidence'> {
  if (columns >= beside.columns && rows >= beside.rows) {
    const width = Math.floor(columns * 0.55);
    return {
      arrangement: 'beside',
      tree: { columns: width, rows },
      evidence: { columns: columns - width - 2 * divider, rows },
    };
  }
  if (columns >= below.columns && rows >= below.rows) {
    const height = Math.max(8, Math.floor(rows * 0.42));
    return {
      arrangement: 'below',
      tree: { columns, rows: rows - height - divider },
      evidence: { columns, rows: height },
    };
  }
  return { arrangement: 'alone', tree: { columns, rows }, evidence: { columns: 0, rows: 0 } };
}

import type { Size } from './layout.js';
import type { Line } from './line.js';

/** How much is told. */
export interface Detail {
  readonly columns: number;
  readonly uses: number;
  readonly failures: number;
  /** Blank lines between blocks, and a line for each right. */
  readonly roomy: boolean;
  /** Names in full, on as many lines as they take. */
  readonly whole: boolean;
}

/** A titled part of the evidence. */
export interface Block {
  readonly title: string | undefined;
  readonly lines: readonly Line[];
}

/** As much as a pane of this size holds. */
export function detailFor(pane: Size): Detail {
  const roomy = pane.rows >= 16;
  const uses = roomy ? Math.floor(pane.rows / 3) : 2;
  return {
    columns: pane.columns,
    uses,
    failures: roomy ? Math.floor(pane.rows / 8) : 1,
    roomy,
    whole: false,
  };
}

/** Everything. */
export function fullDetail(columns: number): Detail {
  return { columns, uses: Infinity, failures: Infinity, roomy: true, whole: true };
}

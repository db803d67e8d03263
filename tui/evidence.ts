import { type Grants, grantsOf } from './consequences.js';
import { countsAt, type RowState, stateAt, type Tally } from './decisions.js';
import { aboutHeading } from './heading-evidence.js';
import { aboutInfo } from './info-evidence.js';
import type { Size } from './layout.js';
import { type Line, line } from './line.js';
import { decidedInference, type Model } from './model.js';
import type { Row } from './outline.js';
import { aboutPort, aboutRule, aboutScope } from './rule-evidence.js';

/** What the evidence is drawn from. It changes with a decision, not with the cursor. */
export interface Witness {
  readonly outline: readonly Row[];
  readonly tally: Tally;
  readonly grants: Grants;
  readonly facts: readonly string[];
}

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

export function witnessOf(model: Model): Witness {
  return {
    outline: model.outline,
    tally: model.tally,
    grants: grantsOf(decidedInference(model)),
    facts: model.subject.facts,
  };
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

/** The evidence for the row at this place of the outline. */
export function evidenceLines(witness: Witness, at: number, detail: Detail): readonly Line[] {
  const row = witness.outline[at];
  if (row === undefined) return [];
  const blocks = blocksOf(witness, row, at, detail).filter((block) => block.lines.length > 0);
  return blocks.flatMap(({ title, lines }, index) => [
    ...(detail.roomy && index > 0 ? [line('')] : []),
    ...(title === undefined ? [] : [line(title, 'heading')]),
    ...lines,
  ]);
}

function blocksOf(witness: Witness, row: Row, at: number, detail: Detail): readonly Block[] {
  const state: RowState = stateAt(witness.outline, witness.tally, at);
  const { item } = row;
  switch (item.kind) {
    case 'rule':
      return aboutRule(item.rule, state, witness.grants, detail);
    case 'port':
      return aboutPort(item.rule, state, detail);
    case 'unscoped':
      return aboutScope(item.unscoped, state, detail);
    case 'directory':
    case 'section': {
      const beneath = witness.outline.slice(at + 1, at + 1 + row.descendants);
      const counts = countsAt(witness.outline, witness.tally, at);
      return aboutHeading(item, { beneath, counts, state, facts: witness.facts }, detail);
    }
    default:
      return aboutInfo(item, detail);
  }
}

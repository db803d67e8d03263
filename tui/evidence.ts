import type { Block, Detail } from './detail.js';
import { aboutHeading, programsBeneath } from './heading-evidence.js';
import { aboutInfo } from './info-evidence.js';
import { type Line, line } from './line.js';
import type { Row } from './outline.js';
import { printable } from './printable.js';
import { aboutPort, aboutRule, aboutScope } from './rule-evidence.js';
import { countsAt, type RowState, stateAt } from './standing.js';
import { wrap } from './width.js';
import type { Witness } from './witness.js';

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
      return [
        ...aboutRule(item.rule, state, witness, detail),
        { title: undefined, lines: originLines(item.rule.path, witness, detail) },
      ];
    case 'port':
      return aboutPort(item.rule, state, detail);
    case 'unscoped':
      return aboutScope(item.unscoped, state, detail);
    case 'directory':
    case 'group':
    case 'section': {
      const programs = programsBeneath(witness.outline, at);
      const counts = countsAt(witness.outline, witness.tally, at);
      const { facts } = witness;
      const names = item.kind === 'directory' ? witness.names.get(item.path) : undefined;
      return aboutHeading(item, { programs, counts, state, facts, names }, detail);
    }
    default:
      return aboutInfo(item, detail);
  }
}

function originLines(path: string, { packageOf }: Witness, detail: Detail): readonly Line[] {
  const name = packageOf(path);
  return name === undefined
    ? []
    : wrap(`It is of the package ${printable(name)}.`, detail.columns).map((text) => line(text));
}

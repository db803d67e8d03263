import type { Decisions } from '../inference/decisions/decisions.js';
import { findingsByRule } from '../inference/finding-text.js';
import type { FamilyRules } from '../inference/inference.js';
import { type Grants, grantsOf } from './consequences.js';
import type { Block, Detail } from './detail.js';
import { aboutHeading, programsBeneath } from './heading-evidence.js';
import { aboutInfo } from './info-evidence.js';
import { type Line, line } from './line.js';
import type { Model } from './model.js';
import type { Row } from './outline.js';
import { printable } from './printable.js';
import { aboutPort, aboutRule, aboutScope } from './rule-evidence.js';
import { countsAt, type RowState, stateAt, type Tally } from './standing.js';
import type { Names } from './subject.js';
import { wrap } from './width.js';

/** What the evidence is drawn from. It changes with a decision, not with the cursor. */
export interface Witness {
  readonly outline: readonly Row[];
  readonly tally: Tally;
  readonly grants: Grants;
  readonly facts: readonly string[];
  readonly packageOf: (path: string) => string | undefined;
  readonly decisions: Decisions;
  readonly found: ReturnType<typeof findingsByRule>;
  readonly families: ReadonlyMap<string, FamilyRules>;
  /** The words that rows have to hold, where not all rows are shown. */
  readonly filter: string;
  /** What was looked up on the disk, by directory. */
  readonly names: ReadonlyMap<string, Names>;
}

export function witnessOf(model: Model): Witness {
  const families = model.base.families ?? [];
  return {
    outline: model.outline,
    tally: model.tally,
    grants: grantsOf(model.shaped, model.history.present.decisions),
    facts: model.subject.facts,
    packageOf: model.subject.packageOf ?? (() => undefined),
    decisions: model.history.present.decisions,
    found: findingsByRule(model.findings),
    families: new Map(families.flatMap((family) => family.paths.map((path) => [path, family]))),
    filter: model.arrangement.filter,
    names: model.names,
  };
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

import type { Decisions } from '../inference/decisions/decisions.js';
import { findingsByRule } from '../inference/finding-text.js';
import type { FamilyRules } from '../inference/inference.js';
import { type Grants, grantsOf } from './consequences.js';
import type { Model } from './model.js';
import type { Row } from './outline.js';
import type { Tally } from './standing.js';
import type { Names } from './subject.js';

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

import type { Decisions } from '../inference/decisions/decisions.js';
import { Verdicts } from '../inference/decisions/verdicts.js';
import type { Row } from './outline.js';

/** How much of what a row stands for is granted. */
export interface Standing {
  readonly allowed: number;
  readonly denied: number;
  readonly ignored: number;
  /** Whether somebody said so. */
  readonly decided: boolean;
}

/** The state of a row and of all below it; nothing where there is nothing to decide. */
export type RowState = 'allowed' | 'denied' | 'ignored' | 'mixed' | undefined;

/** How the rows stand, and for each place of the outline what lies before it. */
export interface Tally {
  readonly standings: readonly (Standing | undefined)[];
  readonly decidable: readonly number[];
  /** Of which no right is granted. */
  readonly denied: readonly number[];
  readonly ignored: readonly number[];
  /** Of which some rights are. */
  readonly cut: readonly number[];
  /** That want a decision: something is found about them, and nobody has said anything yet. */
  readonly open: readonly number[];
}

export interface Counts {
  readonly decidable: number;
  readonly denied: number;
  readonly ignored: number;
  readonly cut: number;
  readonly open: number;
}

export function tallyOf(outline: readonly Row[], decisions: Decisions): Tally {
  const verdicts = new Verdicts(decisions);
  const standings = outline.map((row) => standingOf(row, verdicts));
  const states = standings.map((standing) =>
    standing === undefined ? undefined : stateOf(standing),
  );
  const upTo = (counts: (at: number) => boolean) => runningTotal(outline.length, counts);
  return {
    standings,
    decidable: upTo((at) => states[at] !== undefined),
    denied: upTo((at) => states[at] === 'denied'),
    ignored: upTo((at) => states[at] === 'ignored'),
    cut: upTo((at) => states[at] === 'mixed'),
    open: upTo((at) => isOpen(outline[at], standings[at])),
  };
}

/** How much there is to decide at and below a row, and what was decided. */
export function countsAt(outline: readonly Row[], tally: Tally, at: number): Counts {
  const row = outline[at];
  const end = at + 1 + (row === undefined || row.decidable ? 0 : row.descendants);
  const between = (totals: readonly number[]) => (totals[end] ?? 0) - (totals[at] ?? 0);
  return {
    decidable: between(tally.decidable),
    denied: between(tally.denied),
    ignored: between(tally.ignored),
    cut: between(tally.cut),
    open: between(tally.open),
  };
}

export function stateAt(outline: readonly Row[], tally: Tally, at: number): RowState {
  // What is offered counts for nothing above it until somebody decides.
  const { item } = outline[at] ?? {};
  if (item?.kind === 'rule' && tally.standings[at] === undefined) return 'ignored';
  const { decidable, denied, ignored, cut } = countsAt(outline, tally, at);
  if (decidable === 0) return undefined;
  if (denied + ignored + cut === 0) return 'allowed';
  if (denied === decidable) return 'denied';
  return ignored === decidable ? 'ignored' : 'mixed';
}

/** Whether a row wants a decision. */
export function isOpen(row: Row | undefined, standing: Standing | undefined): boolean {
  return row?.flagged === true && standing?.decided === false;
}

function standingOf({ item }: Row, verdicts: Verdicts): Standing | undefined {
  switch (item.kind) {
    case 'rule': {
      const standing = verdicts.onRule(item.rule);
      return item.rule.offered === true && !standing.decided ? undefined : standing;
    }
    case 'port':
      return verdicts.onPort(item.rule);
    case 'unscoped': {
      const verdict = verdicts.onScope(item.unscoped);
      const is = (name: typeof verdict) => (verdict === name ? 1 : 0);
      const allowed = verdict === undefined ? 1 : is('allow');
      const decided = verdict !== undefined;
      return { allowed, denied: is('deny'), ignored: is('ignore'), decided };
    }
    default:
      return undefined;
  }
}

function stateOf({ allowed, denied, ignored }: Standing): RowState {
  if (denied === 0 && ignored === 0) return 'allowed';
  if (allowed !== 0) return 'mixed';
  return ignored === 0 ? 'denied' : denied === 0 ? 'ignored' : 'mixed';
}

function runningTotal(length: number, counts: (at: number) => boolean): readonly number[] {
  const totals = new Array<number>(length + 1).fill(0);
  for (let at = 0; at < length; at++) totals[at + 1] = (totals[at] ?? 0) + (counts(at) ? 1 : 0);
  return totals;
}

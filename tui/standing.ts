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

/**
 * The state of a row and of all below it; nothing where there is nothing to decide. What is offered
 * is not granted, and nobody has said anything of it.
 */
export type RowState = 'allowed' | 'denied' | 'ignored' | 'offered' | 'mixed' | undefined;

/** For each place of the outline, and its end, how many there are before it. */
export type Totals = Uint32Array;

/** How the rows stand, and for each place of the outline what lies before it. */
export interface Tally {
  /** By its place, what something was said of. */
  readonly standings: ReadonlyMap<number, Standing>;
  readonly decidable: Totals;
  /** Of which no right is granted. */
  readonly denied: Totals;
  readonly ignored: Totals;
  /** Of which some rights are. */
  readonly cut: Totals;
  /** That want a decision: something is found about them, and nobody has said anything yet. */
  readonly open: Totals;
  /** Whether any row opens what nothing used. */
  readonly widens: boolean;
}

export interface Counts {
  readonly decidable: number;
  readonly denied: number;
  readonly ignored: number;
  readonly cut: number;
  readonly open: number;
}

/**
 * How the rows stand by these decisions. In one pass: there may be thousands of rows, and of most of
 * them nobody has said anything.
 */
export function tallyOf(outline: readonly Row[], decisions: Decisions): Tally {
  const verdicts = new Verdicts(decisions);
  const { length } = outline;
  const standings = new Map<number, Standing>();
  const totals = () => new Uint32Array(length + 1);
  const tally = { standings, ...counted(totals) };
  const { decidable, denied, ignored, cut, open } = tally;
  let widens = false;
  const sums = { decidable: 0, denied: 0, ignored: 0, cut: 0, open: 0 };
  for (let at = 0; at < length; at++) {
    const row = outline[at];
    if (row?.widening !== undefined && row.widening > 0) widens = true;
    if (row?.decidable === true && !isMerelyOffered(row, verdicts)) {
      sums.decidable += 1;
      const standing = standingOf(row, verdicts);
      if (standing === undefined) {
        if (row.flagged) sums.open += 1;
      } else {
        standings.set(at, standing);
        const state = stateOf(standing);
        if (state === 'denied') sums.denied += 1;
        else if (state === 'ignored') sums.ignored += 1;
        else if (state === 'mixed') sums.cut += 1;
        if (row.flagged && !standing.decided) sums.open += 1;
      }
    }
    decidable[at + 1] = sums.decidable;
    denied[at + 1] = sums.denied;
    ignored[at + 1] = sums.ignored;
    cut[at + 1] = sums.cut;
    open[at + 1] = sums.open;
  }
  return { ...tally, widens };
}

function counted(totals: () => Totals): Omit<Tally, 'standings' | 'widens'> {
  return {
    decidable: totals(),
    denied: totals(),
    ignored: totals(),
    cut: totals(),
    open: totals(),
  };
}

/** How much there is to decide at and below a row, and what was decided. */
export function countsAt(outline: readonly Row[], tally: Tally, at: number): Counts {
  const row = outline[at];
  const end = at + 1 + (row === undefined || row.decidable ? 0 : row.descendants);
  const between = (totals: Totals) => (totals[end] ?? 0) - (totals[at] ?? 0);
  return {
    decidable: between(tally.decidable),
    denied: between(tally.denied),
    ignored: between(tally.ignored),
    cut: between(tally.cut),
    open: between(tally.open),
  };
}

export function stateAt(outline: readonly Row[], tally: Tally, at: number): RowState {
  const { decidable, denied, ignored, cut } = countsAt(outline, tally, at);
  // What is offered counts for nothing above it until somebody decides.
  if (decidable === 0) return outline[at]?.decidable === true ? 'offered' : undefined;
  if (denied + ignored + cut === 0) return 'allowed';
  if (denied === decidable) return 'denied';
  return ignored === decidable ? 'ignored' : 'mixed';
}

/** What of a row's rights is granted: all of them where nobody has said otherwise. */
export function allowedAt(outline: readonly Row[], tally: Tally, at: number): number {
  const standing = tally.standings.get(at);
  if (standing !== undefined) return standing.allowed;
  const { item } = outline[at] ?? {};
  return item?.kind === 'rule' && stateAt(outline, tally, at) !== 'offered' ? item.rule.access : 0;
}

/** Whether a row wants a decision. */
export function isOpenAt({ open }: Tally, at: number): boolean {
  return (open[at + 1] ?? 0) > (open[at] ?? 0);
}

/** Nothing where nobody has said anything of it. */
function standingOf({ item }: Row, verdicts: Verdicts): Standing | undefined {
  switch (item.kind) {
    case 'rule':
      return verdicts.saysNothingOf(item.rule) ? undefined : verdicts.onRule(item.rule);
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

/** Whether it is granted only where somebody says so, and nobody did. */
function isMerelyOffered({ item }: Row, verdicts: Verdicts): boolean {
  return item.kind === 'rule' && item.rule.offered === true && !verdicts.onRule(item.rule).decided;
}

function stateOf({ allowed, denied, ignored }: Standing): RowState {
  if (denied === 0 && ignored === 0) return 'allowed';
  if (allowed !== 0) return 'mixed';
  return ignored === 0 ? 'denied' : denied === 0 ? 'ignored' : 'mixed';
}

import type { Decisions } from '../inference/decisions/decisions.js';
import { Verdicts } from '../inference/decisions/verdicts.js';
import type { PathRule } from '../inference/inference.js';
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

/** For each place of the outline, and its end, how many there are before it. */
export type Totals = Uint32Array;

/** How the rows stand, and for each place of the outline what lies before it. */
export interface Tally {
  readonly standings: readonly (Standing | undefined)[];
  readonly decidable: Totals;
  /** Of which no right is granted. */
  readonly denied: Totals;
  readonly ignored: Totals;
  /** Of which some rights are. */
  readonly cut: Totals;
  /** That want a decision: something is found about them, and nobody has said anything yet. */
  readonly open: Totals;
}

export interface Counts {
  readonly decidable: number;
  readonly denied: number;
  readonly ignored: number;
  readonly cut: number;
  readonly open: number;
}

/** How the rows stand by these decisions. In one pass: there may be thousands of rows. */
export function tallyOf(outline: readonly Row[], decisions: Decisions): Tally {
  const verdicts = new Verdicts(decisions);
  const { length } = outline;
  const standings = new Array<Standing | undefined>(length);
  const totals = () => new Uint32Array(length + 1);
  const tally = { standings, ...counted(totals) };
  const { decidable, denied, ignored, cut, open } = tally;
  const sums = { decidable: 0, denied: 0, ignored: 0, cut: 0, open: 0 };
  for (let at = 0; at < length; at++) {
    const row = outline[at];
    const standing = row?.decidable === true ? standingOf(row, verdicts) : undefined;
    standings[at] = standing;
    if (standing !== undefined) {
      sums.decidable += 1;
      const state = stateOf(standing);
      if (state === 'denied') sums.denied += 1;
      else if (state === 'ignored') sums.ignored += 1;
      else if (state === 'mixed') sums.cut += 1;
      if (isOpen(row, standing)) sums.open += 1;
    }
    decidable[at + 1] = sums.decidable;
    denied[at + 1] = sums.denied;
    ignored[at + 1] = sums.ignored;
    cut[at + 1] = sums.cut;
    open[at + 1] = sums.open;
  }
  return tally;
}

function counted(totals: () => Totals): Omit<Tally, 'standings'> {
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
    case 'rule':
      return standingOfRule(item.rule, verdicts);
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

/** What is offered stands nowhere until somebody decides. */
function standingOfRule(rule: PathRule, verdicts: Verdicts): Standing | undefined {
  if (rule.offered !== true) {
    return verdicts.saysNothingOf(rule) ? untouched(rule) : verdicts.onRule(rule);
  }
  const standing = verdicts.onRule(rule);
  return standing.decided ? standing : undefined;
}

/** Most rules nobody has said anything of, and there are thousands of them. */
function untouched(rule: PathRule): Standing {
  const known = untouchedOf.get(rule);
  if (known !== undefined) return known;
  const standing = { allowed: rule.access, denied: 0, ignored: 0, decided: false };
  untouchedOf.set(rule, standing);
  return standing;
}

const untouchedOf = new WeakMap<PathRule, Standing>();

function stateOf({ allowed, denied, ignored }: Standing): RowState {
  if (denied === 0 && ignored === 0) return 'allowed';
  if (allowed !== 0) return 'mixed';
  return ignored === 0 ? 'denied' : denied === 0 ? 'ignored' : 'mixed';
}

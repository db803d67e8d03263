import { findingsWith } from '../inference/finding-text.js';
import type { Creation, Inference, PathRule } from '../inference/inference.js';
import { isBeneath } from '../landlock/hierarchy.js';
import { pathKey, portKey, type Row, scopeKey } from './outline.js';

/** What a person decided: the keys of all that is denied. Everything else is allowed. */
export interface Decisions {
  readonly denied: ReadonlySet<string>;
  /** The row, by its place in the outline, whose decision led here. */
  readonly at: number;
}

export type Decision = 'allow' | 'deny';

/** The state of a row and of all below it; nothing where there is nothing to decide. */
export type RowState = 'allowed' | 'denied' | 'mixed' | undefined;

/** For each place of the outline, what lies before it: so that a heading's state is two look-ups. */
export interface Tally {
  readonly decidable: readonly number[];
  readonly denied: readonly number[];
}

/** A decision on a row: on the rule alone, or on everything beneath a heading. */
export function decide(
  outline: readonly Row[],
  decisions: Decisions,
  at: number,
  decision: Decision,
): Decisions {
  const denied = new Set(decisions.denied);
  for (const key of keysOf(outline, at)) {
    if (decision === 'deny') denied.add(key);
    else denied.delete(key);
  }
  return { denied, at };
}

/** Whether two sets of decisions come to the same. */
export function sameDecisions(one: Decisions, other: Decisions): boolean {
  if (one.denied.size !== other.denied.size) return false;
  for (const key of one.denied) if (!other.denied.has(key)) return false;
  return true;
}

export function tallyOf(outline: readonly Row[], { denied }: Decisions): Tally {
  const tally = { decidable: [0], denied: [0] };
  let decidables = 0;
  let denials = 0;
  for (const { key } of outline) {
    if (key !== undefined) decidables++;
    if (key !== undefined && denied.has(key)) denials++;
    tally.decidable.push(decidables);
    tally.denied.push(denials);
  }
  return tally;
}

/** How much there is to decide at and below a row, and how much of it is denied. */
export function countsAt(
  outline: readonly Row[],
  tally: Tally,
  at: number,
): { readonly decidable: number; readonly denied: number } {
  const row = outline[at];
  const end = at + 1 + (row === undefined || row.key !== undefined ? 0 : row.descendants);
  return {
    decidable: (tally.decidable[end] ?? 0) - (tally.decidable[at] ?? 0),
    denied: (tally.denied[end] ?? 0) - (tally.denied[at] ?? 0),
  };
}

export function stateAt(outline: readonly Row[], tally: Tally, at: number): RowState {
  const { decidable, denied } = countsAt(outline, tally, at);
  if (decidable === 0) return undefined;
  if (denied === 0) return 'allowed';
  return denied === decidable ? 'denied' : 'mixed';
}

/**
 * The inference without what was denied. A scope that was lifted for the program is set again. A
 * directory or file made before enforcing is made only while a rule needs it.
 */
export function withoutDenied(inference: Inference, { denied }: Decisions): Inference {
  if (denied.size === 0) return inference;
  const paths = inference.paths.filter((rule) => !denied.has(pathKey(rule.path)));
  const kept = new Set(paths.map(({ path }) => path));
  return {
    ...inference,
    paths,
    findings: findingsWith(inference.findings, (path) => kept.has(path)),
    ports: inference.ports.filter((rule) => !denied.has(portKey(rule.port))),
    unscoped: inference.unscoped.filter((entry) => !denied.has(scopeKey(entry.scope))),
    creations: inference.creations.filter(
      (creation) => isServed(creation, paths) || !isServed(creation, inference.paths),
    ),
  };
}

function keysOf(outline: readonly Row[], at: number): readonly string[] {
  const row = outline[at];
  if (row === undefined) return [];
  if (row.key !== undefined) return [row.key];
  return outline
    .slice(at + 1, at + 1 + row.descendants)
    .flatMap(({ key }) => (key === undefined ? [] : [key]));
}

function isServed(creation: Creation, rules: readonly PathRule[]): boolean {
  return rules.some((rule) => isBeneath(rule.path, creation.path));
}

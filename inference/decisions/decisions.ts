import { type AccessSet, difference, union } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import {
  compareDecisions,
  type Decision,
  placeOf,
  type Subject,
  type Verdict,
  verdictNames,
} from './decision.js';

/** Decisions that do not contradict each other, by action and what they are about. */
export type Decisions = ReadonlyMap<string, Decision>;

export const noDecisions: Decisions = new Map();

/** All of them taken together; of two that contradict each other, the later holds. */
export function decisionsOf(list: readonly Decision[]): Decisions {
  return list.reduce(withDecision, noDecisions);
}

/** In the order in which they are written. */
export function decisionList(decisions: Decisions): readonly Decision[] {
  return [...decisions.values()].sort(compareDecisions);
}

/** With one more, which undoes whatever contradicts it. */
export function withDecision(decisions: Decisions, decision: Decision): Decisions {
  const { action, subject } = decision;
  const next = new Map(decisions);
  switch (action) {
    case 'fold':
      for (const [key, other] of next) {
        if (other.action === 'pin' && liesIn(other.subject, subject)) next.delete(key);
      }
      break;
    case 'pin':
      next.delete(keyOf('fold', subject));
      break;
    case 'variable':
      break;
    case 'add':
      for (const verdict of ['deny', 'ignore'] as const)
        take(next, keyOf(verdict, subject), subject);
      break;
    default:
      overrule(next, action, subject);
  }
  const known = next.get(keyOf(action, subject));
  next.set(keyOf(action, subject), known === undefined ? decision : together(known, decision));
  return next;
}

/** Without any verdict on these rights of a subject, so that what is said above it holds. */
export function withoutVerdict(decisions: Decisions, subject: Subject): Decisions {
  const next = new Map(decisions);
  for (const verdict of verdictNames) take(next, keyOf(verdict, subject), subject);
  return next;
}

/** Without a decision. */
export function withoutDecision(decisions: Decisions, { action, subject }: Decision): Decisions {
  const next = new Map(decisions);
  next.delete(keyOf(action, subject));
  return next;
}

/** Whether two sets of decisions come to the same. */
export function sameDecisions(one: Decisions, other: Decisions): boolean {
  if (one === other) return true;
  if (one.size !== other.size) return false;
  for (const [key, decision] of one) {
    const counterpart = other.get(key);
    if (counterpart === undefined || !sameDecision(decision, counterpart)) return false;
  }
  return true;
}

function sameDecision(one: Decision, other: Decision): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function keyOf(action: Decision['action'], subject: Subject): string {
  return `${action} ${placeOf(subject)}`;
}

/** A verdict holds instead of others on the same, and on what lies in the same hierarchy. */
function overrule(next: Map<string, Decision>, action: Verdict, subject: Subject): void {
  for (const verdict of verdictNames) {
    if (verdict !== action) take(next, keyOf(verdict, subject), subject);
  }
  if (subject.kind !== 'path' || !subject.beneath) return;
  for (const [key, { action: verdict, subject: other }] of next) {
    const isVerdict = verdictNames.some((name) => name === verdict);
    const isSame = placeOf(other) === placeOf(subject);
    if (isVerdict && !isSame && liesIn(other, subject)) take(next, key, subject);
  }
}

function liesIn(one: Subject, other: Subject): boolean {
  return one.kind === 'path' && other.kind === 'path' && isBeneath(one.path, other.path);
}

/** Takes a subject's rights from the decision with this key, and the decision if none are left. */
function take(next: Map<string, Decision>, key: string, { ...from }: Subject): void {
  const decision = next.get(key);
  if (decision === undefined) return;
  const { subject } = decision;
  const left =
    'access' in subject && 'access' in from
      ? difference(subject.access as AccessSet<'fs'>, from.access as AccessSet<'fs'>)
      : 0;
  if (left === 0) next.delete(key);
  else next.set(key, { ...decision, subject: { ...subject, access: left } as Subject });
}

function together(known: Decision, decision: Decision): Decision {
  const reason = decision.reason === '' ? known.reason : decision.reason;
  const { subject } = decision;
  if (!('access' in subject) || !('access' in known.subject)) return { ...decision, reason };
  const access = union(known.subject.access as AccessSet<'fs'>, subject.access as AccessSet<'fs'>);
  return { ...decision, reason, subject: { ...subject, access } as Subject };
}

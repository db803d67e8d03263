import {
  type Decision,
  everyFsRight,
  everyNetRight,
  type Subject,
  type Verdict,
} from '../inference/decisions/decision.js';
import { type Decisions, withDecision, withoutVerdict } from '../inference/decisions/decisions.js';
import type { Row } from './outline.js';
import { type RowState, stateAt, tallyOf } from './standing.js';

/**
 * What decisions on a row are about: the rule alone, or all beneath a heading.
 *
 * @param filtered - whether not all rows are shown: then a heading stands for those that are.
 */
export function subjectsAt(
  outline: readonly Row[],
  at: number,
  filtered: boolean,
): readonly Subject[] {
  const row = outline[at];
  if (row === undefined) return [];
  const own = subjectOf(row, filtered);
  if (own !== undefined) return [own];
  const subjects: Subject[] = [];
  for (let below = at + 1; below <= at + row.descendants; below++) {
    const beneath = outline[below];
    const subject = beneath === undefined ? undefined : subjectOf(beneath, filtered);
    // What a heading below decides for, is decided for.
    if (subject === undefined) continue;
    subjects.push(subject);
    if (subject.kind === 'path' && subject.beneath) below += beneath?.descendants ?? 0;
  }
  return subjects;
}

/** The same verdict on all of them, with a reason. */
export function judged(
  decisions: Decisions,
  subjects: readonly Subject[],
  verdict: Verdict,
  reason = '',
): Decisions {
  return subjects.reduce(
    (before, subject) => withDecision(before, { action: verdict, subject, reason }),
    decisions,
  );
}

/** The next verdict in the circle: allowed, denied, ignored; or none, of what is offered. */
export function cycled(
  outline: readonly Row[],
  { decisions, state }: { readonly decisions: Decisions; readonly state: RowState },
  at: number,
  filtered: boolean,
): Decisions {
  const subjects = subjectsAt(outline, at, filtered);
  switch (state) {
    case 'allowed':
      return judged(decisions, subjects, 'deny');
    case 'denied':
      return judged(decisions, subjects, 'ignore');
    default: {
      const cleared = subjects.reduce(withoutVerdict, decisions);
      const rows = outline.slice(at, at + 1 + (outline[at]?.descendants ?? 0));
      const left = stateAt(rows, tallyOf(rows, cleared), 0);
      const isRound = left === 'allowed' || (left === 'offered' && state !== 'offered');
      return isRound ? cleared : judged(decisions, subjects, 'allow');
    }
  }
}

/** A decision on a path that says how rules are laid out. */
export function laidOut(action: 'fold' | 'pin', path: string): Decision {
  return {
    action,
    subject: { kind: 'path', path, beneath: false, access: everyFsRight },
    reason: '',
  };
}

function subjectOf({ item }: Row, filtered: boolean): Subject | undefined {
  switch (item.kind) {
    case 'rule':
      return { kind: 'path', path: item.rule.path, beneath: false, access: everyFsRight };
    case 'directory':
      if (filtered) return undefined;
      return { kind: 'path', path: item.path, beneath: true, access: everyFsRight };
    case 'port':
      return { kind: 'port', port: item.rule.port, access: everyNetRight };
    case 'unscoped':
      return { kind: 'scope', scope: item.unscoped.scope };
    case 'section':
      return item.section === 'files' && !filtered
        ? { kind: 'path', path: '/', beneath: true, access: everyFsRight }
        : undefined;
    default:
      return undefined;
  }
}

import type { Decision } from '../inference/decisions/decision.js';
import type { Decisions } from '../inference/decisions/decisions.js';
import { subjectText } from '../inference/decisions/idle.js';
import { Verdicts } from '../inference/decisions/verdicts.js';
import { findingText } from '../inference/finding-text.js';
import type { FamilyRules, Finding, PathRule } from '../inference/inference.js';
import { accessNames, fsAccess, intersection } from '../landlock/access-set.js';
import { isBeneath } from '../landlock/hierarchy.js';
import { openingText } from '../profiles/opening.js';
import type { Detail } from './detail.js';
import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { fsRights } from './rights.js';
import { marks } from './row-line.js';
import type { Names } from './subject.js';
import { wrap } from './width.js';

/** The findings about a rule, the worst first. */
export function findingLines(findings: readonly Finding[], detail: Detail): readonly Line[] {
  const told = detail.roomy ? findings : findings.slice(0, 1);
  return told.flatMap((finding) => {
    const lines = wrapped(`! ${printable(findingText(finding))}`, detail);
    return (detail.roomy ? lines : lines.slice(0, 2)).map((text) => line(text, 'warning'));
  });
}

/** Each right with what it means, marked by whether it is granted. */
export function rightLines(rule: PathRule, decisions: Decisions, detail: Detail): readonly Line[] {
  const { denied, ignored } = new Verdicts(decisions).onRule(rule);
  return accessNames('fs', rule.access).flatMap((right) => {
    const { letter, deed } = fsRights[right];
    const bit = fsAccess(right);
    const state = (denied & bit) !== 0 ? 'denied' : (ignored & bit) !== 0 ? 'ignored' : 'allowed';
    const mark = state === 'allowed' ? letter : `${letter} ${marks[state]}`;
    return wrapped(`${mark} ${right}: ${deed('it')}`, detail).map((text) =>
      line(text, state === 'allowed' ? 'plain' : state),
    );
  });
}

/** What a rule opens that nothing used: how much of it, and some by name where that is known. */
export function openingLines(
  rule: PathRule,
  names: Names | undefined,
  detail: Detail,
): readonly Line[] {
  if (!rule.directory) return [];
  const opening = openingText([rule]);
  const counted =
    opening !== ''
      ? [opening]
      : rule.opens === undefined
        ? ['all that lies here and will; it was not counted']
        : [];
  return [
    ...counted.flatMap((text) => wrapped(text, detail)).map((text) => line(text)),
    ...nameLines(names, detail),
  ];
}

/** Some of what is there and was not used, as it stands on the disk now. */
export function nameLines(names: Names | undefined, detail: Detail): readonly Line[] {
  if (names === undefined || names.unused.length === 0) return [];
  const more = names.complete ? '' : ' …';
  const text = `unused: ${names.unused.map(printable).join('  ')}${more}`;
  return wrapped(text, detail).map((part) => line(part, 'faint'));
}

/** The family that a rule is of, where it is of one. */
export function familyLines(family: FamilyRules | undefined, detail: Detail): readonly Line[] {
  if (family === undefined) return [];
  return wrapped(`${family.name}: ${family.what}; ${family.reason}`, detail).map((text) =>
    line(text),
  );
}

/** What was decided about a rule, or about a hierarchy or program that it is of. */
export function decisionLines(
  rule: PathRule,
  decisions: Decisions,
  detail: Detail,
): readonly Line[] {
  return [...decisions.values()]
    .filter((decision) => concerns(decision, rule))
    .flatMap((decision) => {
      const reason = decision.reason === '' ? '' : `: ${decision.reason}`;
      return wrapped(printable(`${decision.action} ${subjectText(decision)}${reason}`), detail);
    })
    .map((text) => line(text));
}

function concerns({ action, subject }: Decision, rule: PathRule): boolean {
  switch (subject.kind) {
    case 'path': {
      if (intersection(subject.access, rule.access) === 0) return false;
      const isLayout = action === 'fold' || action === 'pin';
      return (
        subject.path === rule.path ||
        (!isLayout && subject.beneath && isBeneath(rule.path, subject.path))
      );
    }
    case 'program':
      return rule.uses.some(({ executable }) => executable === subject.program);
    case 'variable':
      return isBeneath(rule.path, subject.path);
    default:
      return false;
  }
}

function wrapped(text: string, detail: Detail): readonly string[] {
  return wrap(text, detail.columns);
}

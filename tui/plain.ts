import { findingText } from '../inference/finding-text.js';
import { modelOf } from './laying-out.js';
import type { Model } from './model.js';
import { commanded } from './plain-commands.js';
import { decidables, described, evidenceOf, numberOf } from './plain-rows.js';
import { printable } from './printable.js';
import { isOpenAt } from './standing.js';
import type { ReviewSubject } from './subject.js';
import { judged, say, type Talk } from './talk.js';
import { verdictWords } from './verdict-words.js';

/** The first question. */
export function beginTalk(subject: ReviewSubject): Talk {
  const model = modelOf(subject, { columns: 80, rows: 24 });
  const rows = decidables(model);
  const opening = [
    `Review of ${printable(subject.command)}, for ${printable(subject.output)}.`,
    ...subject.facts.map((fact) => `${printable(fact)}.`),
    `${rows.length} things to grant, ${openRows(model).length} of them with findings.`,
    ...inferenceFindings(model),
  ];
  return asking({ model, postponed: new Set(), lines: opening, result: undefined });
}

/** What is said to an answer, and the next question. */
export function answered(talk: Talk, answer: string): Talk {
  const words = answer
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const quiet = { ...talk, lines: [] };
  const current = nextOpen(quiet);
  return asking(
    current === undefined || words.length > 1
      ? commanded(quiet, words)
      : decided(quiet, current, words),
  );
}

/** With a question at the end: on the next thing with a finding, or what to do. */
function asking(talk: Talk): Talk {
  if (talk.result !== undefined) return talk;
  const at = nextOpen(talk);
  if (at === undefined) return say(talk, 'Command? (? for help)');
  const row = talk.model.outline[at];
  const left = openRows(talk.model).length;
  return say(
    talk,
    `${left} left. ${numberOf(talk.model, at)}. ${row === undefined ? '' : described(talk.model, row, at)}`,
    'Allow, deny, ignore, or later? (a, d, i, l; e for the evidence, ? for help)',
  );
}

/** An answer to the question on one row. */
function decided(talk: Talk, at: number, [word = '']: readonly string[]): Talk {
  const verdict = verdictWords[word];
  if (verdict !== undefined) return judged(talk, [at], verdict);
  const id = talk.model.outline[at]?.id ?? '';
  switch (word) {
    case '':
    case 'l':
    case 'later':
      return { ...talk, postponed: new Set(talk.postponed).add(id) };
    case 'e':
    case 'evidence':
      return say(talk, ...evidenceOf(talk.model, at));
    default:
      return commanded(talk, [word]);
  }
}

function nextOpen({ model, postponed }: Talk): number | undefined {
  return openRows(model).find((at) => !postponed.has(model.outline[at]?.id ?? ''));
}

function openRows({ outline, tally }: Model): readonly number[] {
  return [...outline.keys()].filter((at) => isOpenAt(tally, at));
}

function inferenceFindings({ findings }: Model): readonly string[] {
  return findings
    .filter(({ rules }) => rules === undefined || rules.length === 0)
    .map((finding) => `Finding, ${printable(findingText(finding))}.`);
}

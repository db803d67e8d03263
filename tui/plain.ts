import type { Verdict } from '../inference/decisions/decision.js';
import { findingText } from '../inference/finding-text.js';
import { accessNames } from '../landlock/access-set.js';
import { writeToml } from '../profiles/write-toml.js';
import { fullDetail } from './detail.js';
import { differenceLines } from './difference-lines.js';
import { evidenceLines, witnessOf } from './evidence.js';
import { textOf } from './line.js';
import type { Message } from './messages.js';
import {
  decidedInference,
  decidedProfileOf,
  type Model,
  modelOf,
  presentDecisions,
} from './model.js';
import type { Row } from './outline.js';
import { printable } from './printable.js';
import { isOpen, stateAt } from './standing.js';
import type { ReviewResult, ReviewSubject } from './subject.js';
import { reveal } from './travel.js';
import { update } from './update.js';

/** A review by questions and answers in lines, for screen readers, dumb terminals and pipes. */
export interface Talk {
  readonly model: Model;
  /** Rows that a person wants to decide on later, by their ids. */
  readonly postponed: ReadonlySet<string>;
  /** What is to be said; the last line is a question. */
  readonly lines: readonly string[];
  /** How it ended, once it has. */
  readonly result: ReviewResult | undefined;
}

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

/** The same review, left without writing: what was decided is in the model. */
export function left(talk: Talk): Talk {
  return { ...talk, result: { kind: 'quit' } };
}

const verdictWords: Readonly<Record<string, Verdict>> = {
  a: 'allow',
  allow: 'allow',
  d: 'deny',
  deny: 'deny',
  i: 'ignore',
  ignore: 'ignore',
};

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

function commanded(talk: Talk, [word = '', ...rest]: readonly string[]): Talk {
  const { model } = talk;
  const verdict = verdictWords[word];
  if (verdict !== undefined) {
    const places = rest.flatMap((text) => placesOf(model, text));
    return places.length === 0
      ? say(talk, `Which? Expected numbers of the list, as ${word} 3 or ${word} 5-9.`)
      : judged(talk, places, verdict);
  }
  if (/^\d+$/.test(word)) {
    const [at] = placesOf(model, word);
    return at === undefined
      ? say(talk, `There is no ${word}.`)
      : say(talk, ...evidenceOf(model, at));
  }
  switch (word) {
    case '':
      return talk;
    case 'list':
      return say(talk, ...decidables(model).map((at) => listed(model, at)));
    case 'fold':
    case 'unfold': {
      const [at] = placesOf(model, rest[0] ?? '');
      if (at === undefined) return say(talk, `Which? Expected a number of the list, as ${word} 3.`);
      const moved = { ...talk, model: reveal(model, at) };
      return did(moved, { kind: word === 'fold' ? 'rule-folded' : 'rule-unfolded' });
    }
    case 'u':
    case 'undo':
      return did(talk, { kind: 'undone' });
    case 'redo':
      return did(talk, { kind: 'redone' });
    case 'p':
    case 'preview':
      return say(talk, ...writeToml(decidedProfileOf(model)).trimEnd().split('\n').map(printable));
    case 'difference': {
      const wanted = decidedProfileOf(model);
      return say(talk, ...differenceLines(model.subject.differences(wanted), endless).map(textOf));
    }
    case 'w':
    case 'write':
      return {
        ...talk,
        result: {
          kind: 'write',
          inference: decidedInference(model),
          decisions: presentDecisions(model),
        },
      };
    case 'q':
    case 'quit':
      return left(talk);
    case '?':
    case 'help':
      return say(talk, ...help);
    default:
      return say(talk, `${printable(word)} is no answer. ? for help.`);
  }
}

const help: readonly string[] = [
  'list: all that is granted or not, with numbers.',
  'A number: the evidence for it.',
  'a, d, i with numbers, as d 3 5-9: allow, deny (it is to fail), ignore (it is not worth a rule).',
  'fold, unfold with a number: one rule on its directory, or again those that it stands for.',
  'u, redo: take back, and take that back.',
  'preview, difference: the file as it would be, what changes on the disk.',
  'w: write and leave. q: leave without writing; decisions are kept in a file.',
];

function judged(talk: Talk, places: readonly number[], decision: Verdict): Talk {
  let after = talk;
  for (const at of places) {
    after = did({ ...after, model: reveal(after.model, at) }, { kind: 'decided', decision });
    after = say(after, `${verdictPast[decision]}: ${listed(after.model, at)}`);
  }
  return after;
}

const verdictPast: Readonly<Record<Verdict, string>> = {
  allow: 'Allowed',
  deny: 'Denied',
  ignore: 'Ignored',
};

function did(talk: Talk, message: Message): Talk {
  const { model } = update(talk.model, message);
  const after = { ...talk, model };
  if (model.notice?.startsWith('nothing') !== true) return after;
  return say(after, `There is nothing to do so: ${model.notice.replaceAll('-', ' ')}.`);
}

function say(talk: Talk, ...lines: readonly string[]): Talk {
  return { ...talk, lines: [...talk.lines, ...lines] };
}

function nextOpen({ model, postponed }: Talk): number | undefined {
  return openRows(model).find((at) => !postponed.has(model.outline[at]?.id ?? ''));
}

function openRows({ outline, tally }: Model): readonly number[] {
  return [...outline.keys()].filter((at) => isOpen(outline[at], tally.standings[at]));
}

/** The places of what can be decided, in the order of the list. */
function decidables({ outline }: Model): readonly number[] {
  return [...outline.keys()].filter((at) => outline[at]?.decidable === true);
}

function numberOf(model: Model, at: number): number {
  return decidables(model).indexOf(at) + 1;
}

/** The places that a number or a range of numbers stands for; none where it is neither. */
function placesOf(model: Model, text: string): readonly number[] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined) return [];
  return decidables(model).slice(Number(from) - 1, Number(to));
}

function listed(model: Model, at: number): string {
  const row = model.outline[at];
  const state = stateAt(model.outline, model.tally, at) ?? '';
  return `${numberOf(model, at)}. ${state === 'mixed' ? 'partly allowed' : state}: ${row === undefined ? '' : described(model, row, at)}`;
}

/** A row in words, with nothing that is only to be seen. */
function described(model: Model, { item, label }: Row, at: number): string {
  const allowed = model.tally.standings[at]?.allowed ?? 0;
  switch (item.kind) {
    case 'rule': {
      const { path, directory, access } = item.rule;
      const extent = directory ? ' and all beneath it' : '';
      const rights = accessNames('fs', (allowed === 0 ? access : allowed) as typeof access);
      const found = model.findings.filter(({ rules }) => rules?.includes(path) === true);
      const findings = found.map((finding) => ` Finding, ${printable(findingText(finding))}.`);
      return `${printable(path)}${extent}: ${rights.join(', ')}.${findings.join('')}`;
    }
    default:
      return `${label}.`;
  }
}

function evidenceOf(model: Model, at: number): readonly string[] {
  return evidenceLines(witnessOf(model), at, fullDetail(endless))
    .map(textOf)
    .filter((text) => text !== '');
}

function inferenceFindings({ findings }: Model): readonly string[] {
  return findings
    .filter(({ rules }) => rules === undefined || rules.length === 0)
    .map((finding) => `Finding, ${printable(findingText(finding))}.`);
}

/** No line is wrapped: whoever reads it aloud, or searches it, wants it whole. */
const endless = Number.MAX_SAFE_INTEGER;

import type { PathRule, PathUse, PortRule, Unscoped, Why } from '../inference/inference.js';
import { accessNames } from '../landlock/access-set.js';
import { failuresWithin, failuresWithout, failuresWithoutPort } from './consequences.js';
import type { Block, Detail } from './detail.js';
import { type Line, line } from './line.js';
import { matcherFor } from './matching.js';
import { printable } from './printable.js';
import { portColumn, scopeWords } from './rights.js';
import {
  decisionLines,
  familyLines,
  findingLines,
  openingLines,
  rightLines,
} from './rule-notes.js';
import type { RowState } from './standing.js';
import { pathUseLine, topUses, useLine, wholePathUse, whySentences } from './uses.js';
import { breakHard, shorten, wrap } from './width.js';
import type { Witness } from './witness.js';

/** The evidence for a rule on a path. */
export function aboutRule(
  rule: PathRule,
  state: RowState,
  { grants, decisions, found, families, names, filter }: Witness,
  detail: Detail,
): readonly Block[] {
  const top = topUses(rule.uses, detail.uses);
  const hidden = rule.uses.length - top.length;
  const uses = [...top.flatMap((use) => useLines(use, rule, detail)), ...more(hidden)];
  const failures =
    rule.uses.length === 0
      ? { title: 'If denied', lines: wrapped(unknownUsers, detail) }
      : failureBlock(state, failuresWithout(rule, top, grants), hidden > 0, detail);
  const why = [...whyLines(rule, detail), ...familyLines(families.get(rule.path), detail)];
  const findings = findingLines(found.get(rule.path) ?? [], detail);
  const matching = matchingLines(rule, filter, detail);
  const opens = openingLines(rule, names.get(rule.path), detail);
  const decided = decisionLines(rule, decisions, detail);
  const title = [...pathTitle(rule, detail), ...standing(rule, state, detail)];
  if (!detail.roomy) {
    const blocks = [
      title,
      matching,
      findings,
      uses,
      toldLines(rule, detail),
      failures.lines,
      opens,
      decided,
      why,
    ];
    return blocks.map((lines) => ({ title: undefined, lines }));
  }
  return [
    { title: undefined, lines: title },
    { title: 'Found beneath it', lines: matching },
    { title: undefined, lines: findings },
    { title: 'Rights', lines: rightLines(rule, decisions, detail) },
    { title: 'Used by', lines: uses },
    { title: 'The file says', lines: toldLines(rule, detail) },
    failures,
    { title: 'Opens besides', lines: opens },
    { title: 'Decided', lines: decided },
    { title: 'Why', lines: why },
  ];
}

const unknownUsers = 'what needs it fails: who that is was not seen';

/** The evidence for a port. */
export function aboutPort(rule: PortRule, state: RowState, detail: Detail): readonly Block[] {
  const top = topUses(rule.uses, detail.uses);
  return [
    {
      title: undefined,
      lines: [
        line(`Port ${rule.port} (${portColumn(rule.access)})`, 'title'),
        ...standingLines(state, accessNames('net', rule.access).join(', '), detail),
      ],
    },
    { title: 'Used by', lines: [...top.map(useLine), ...more(rule.uses.length - top.length)] },
    failureBlock(state, failuresWithoutPort(rule), rule.uses.length === 0, detail),
  ];
}

/** The evidence for a scope that the program needs to be without. */
export function aboutScope(unscoped: Unscoped, state: RowState, detail: Detail): readonly Block[] {
  const top = topUses(unscoped.uses, detail.uses);
  const { label } = scopeWords[unscoped.scope];
  return [
    {
      title: undefined,
      lines: [
        line(`Scope ${unscoped.scope}`, 'title'),
        ...wrapped(`The program needs ${label}, so this scope is not set.`, detail),
        ...standingLines(
          state,
          state === 'denied' ? 'the scope is set again' : 'the scope is lifted',
          detail,
        ),
      ],
    },
    { title: 'Used by', lines: [...top.map(useLine), ...more(unscoped.uses.length - top.length)] },
    failureBlock(state, failuresWithin(unscoped), unscoped.uses.length === 0, detail),
  ];
}

/** `allowed: …`, with the state in its own style. */
export function standingLines(state: RowState, what: string, detail: Detail): readonly Line[] {
  const [first = '', ...rest] = wrap(`${state ?? ''}: ${what}`, detail.columns);
  const word = state ?? '';
  return [
    [
      { text: first.slice(0, word.length), style: state ?? 'plain' },
      { text: first.slice(word.length), style: 'plain' },
    ],
    ...rest.map((text) => line(text)),
  ];
}

function pathTitle(rule: PathRule, detail: Detail): readonly Line[] {
  const path = rule.directory && rule.path !== '/' ? `${rule.path}/` : rule.path;
  return breakHard(printable(path), detail.columns).map((text) => line(text, 'title'));
}

function standing(rule: PathRule, state: RowState, detail: Detail): readonly Line[] {
  const extent = rule.directory ? 'the directory and all beneath it' : 'this alone';
  const what = detail.roomy ? extent : accessNames('fs', rule.access).join(', ');
  const guarded =
    rule.guarded === undefined
      ? []
      : wrapped(
          `! A guarded place (${printable(rule.guarded)}): look twice at what comes with it.`,
          detail,
        );
  return [
    ...standingLines(state, what, detail),
    ...guarded.map(([span]) => line(span?.text ?? '', 'warning')),
  ];
}

/** The paths for which a filter shows a rule whose own row does not say why. */
function matchingLines(rule: PathRule, filter: string, detail: Detail): readonly Line[] {
  const paths = matcherFor(filter)?.beneath(rule) ?? [];
  const shown = paths.slice(0, detail.uses);
  const lines = shown.flatMap((path) =>
    detail.whole ? wrapped(path, detail) : [line(shorten(path, detail.columns))],
  );
  return [...lines, ...more(paths.length - shown.length)];
}

function useLines(use: PathUse, rule: PathRule, detail: Detail): readonly Line[] {
  return detail.whole
    ? wholePathUse(use, detail.columns)
    : [pathUseLine(use, rule.path, detail.columns)];
}

/** A sentence for each reason other than that the run did just this. */
function whyLines(rule: PathRule, detail: Detail): readonly Line[] {
  const reasons = new Set<Why>(rule.uses.map((use) => use.why));
  if (!detail.roomy) reasons.delete('observed');
  return [
    ...[...reasons].map((why) => whySentences[why]),
    ...(isFolded(rule) ? [foldSentence(rule)] : []),
    ...(rule.added === undefined ? [] : ['added by hand']),
  ].flatMap((sentence) => wrapped(sentence, detail));
}

/** The comments above a rule that was read. */
function toldLines({ told = [] }: PathRule, detail: Detail): readonly Line[] {
  return told.flatMap((text) => wrapped(printable(text), detail));
}

/** Whether nothing asked for a rule on the very directory. */
function isFolded({ path, uses }: PathRule): boolean {
  return uses.length > 0 && uses.every((use) => use.why === 'observed' && use.path !== path);
}

function foldSentence({ uses }: PathRule): string {
  const paths = new Set(uses.map(({ path }) => path)).size;
  return `folded: one rule stands for what ${paths} path${paths === 1 ? '' : 's'} beneath it need; F unfolds it`;
}

function failureBlock(
  state: RowState,
  sentences: readonly string[],
  incomplete: boolean,
  detail: Detail,
): Block {
  const shown = sentences.slice(0, detail.failures);
  const hidden = sentences.length - shown.length;
  const none = incomplete ? [] : ['nothing that was seen fails: other rules allow it all'];
  const told = sentences.length === 0 ? none : shown;
  const title = state === 'denied' ? 'Denied' : 'If denied';
  return detail.roomy
    ? { title, lines: [...told.flatMap((text) => wrapped(text, detail)), ...more(hidden)] }
    : { title: undefined, lines: told.flatMap((text) => wrapped(`${title}: ${text}`, detail)) };
}

function more(hidden: number): readonly Line[] {
  return hidden > 0 ? [line(`+${hidden} more`, 'faint')] : [];
}

function wrapped(text: string, detail: Detail): readonly Line[] {
  return wrap(text, detail.columns).map((piece) => line(piece));
}

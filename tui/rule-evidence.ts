import type { PathRule, PathUse, PortRule, Unscoped, Why } from '../inference/inference.js';
import { accessNames } from '../landlock/access-set.js';
import {
  failuresWithin,
  failuresWithout,
  failuresWithoutPort,
  type Grants,
} from './consequences.js';
import type { RowState } from './decisions.js';
import type { Block, Detail } from './evidence.js';
import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { fsRights, portColumn, scopeWords } from './rights.js';
import { pathUseLine, topUses, useLine, whySentences } from './uses.js';
import { breakHard, wrap } from './width.js';

/** The evidence for a rule on a path. */
export function aboutRule(
  rule: PathRule,
  state: RowState,
  grants: Grants,
  detail: Detail,
): readonly Block[] {
  const top = topUses(rule.uses, detail.uses);
  const hidden = rule.uses.length - top.length;
  return [
    { title: undefined, lines: [...pathTitle(rule, detail), ...standing(rule, state, detail)] },
    detail.roomy
      ? { title: 'Rights', lines: rightLines(rule) }
      : { title: undefined, lines: wrapped(accessNames('fs', rule.access).join(', '), detail) },
    {
      title: 'Used by',
      lines: [...top.map((use) => pathUseLine(use, rule.path, detail.columns)), ...more(hidden)],
    },
    { title: detail.roomy ? 'Why' : undefined, lines: whyLines(rule.uses, detail) },
    failureBlock(state, failuresWithout(rule, top, grants), hidden > 0, detail),
  ];
}

/** The evidence for a port. */
export function aboutPort(rule: PortRule, state: RowState, detail: Detail): readonly Block[] {
  const top = topUses(rule.uses, detail.uses);
  return [
    {
      title: undefined,
      lines: [
        line(`Port ${rule.port} (${portColumn(rule.access)})`, 'title'),
        standingLine(state, accessNames('net', rule.access).join(', ')),
      ],
    },
    { title: 'Used by', lines: [...top.map(useLine), ...more(rule.uses.length - top.length)] },
    failureBlock(state, failuresWithoutPort(rule), false, detail),
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
        standingLine(state, state === 'denied' ? 'the scope is set again' : 'the scope is lifted'),
      ],
    },
    { title: 'Used by', lines: [...top.map(useLine), ...more(unscoped.uses.length - top.length)] },
    failureBlock(state, failuresWithin(unscoped), false, detail),
  ];
}

export function standingLine(state: RowState, what: string): Line {
  const mark = state ?? 'plain';
  return [
    { text: state ?? '', style: mark },
    { text: `: ${what}`, style: 'plain' },
  ];
}

function pathTitle(rule: PathRule, detail: Detail): readonly Line[] {
  const path = rule.directory && rule.path !== '/' ? `${rule.path}/` : rule.path;
  return breakHard(printable(path), detail.columns).map((text) => line(text, 'title'));
}

function standing(rule: PathRule, state: RowState, detail: Detail): readonly Line[] {
  const what = rule.directory ? 'the directory and all beneath it' : 'this alone';
  const guarded =
    rule.guarded === undefined
      ? []
      : wrapped(
          `! A guarded place (${printable(rule.guarded)}): look twice at what comes with it.`,
          detail,
        );
  return [standingLine(state, what), ...guarded.map(([span]) => line(span?.text ?? '', 'warning'))];
}

function rightLines(rule: PathRule): readonly Line[] {
  return accessNames('fs', rule.access).map((right) => line(`${fsRights[right].letter} ${right}`));
}

/** A sentence for each reason other than that the run did just this. */
function whyLines(uses: readonly PathUse[], detail: Detail): readonly Line[] {
  const reasons = new Set<Why>(uses.map((use) => use.why));
  if (!detail.roomy) reasons.delete('observed');
  return [...reasons].flatMap((why) => wrapped(whySentences[why], detail));
}

function failureBlock(
  state: RowState,
  sentences: readonly string[],
  incomplete: boolean,
  detail: Detail,
): Block {
  const shown = sentences.slice(0, detail.failures);
  const hidden = sentences.length - shown.length;
  const none = incomplete ? [] : ['Nothing that was seen: other rules allow it all.'];
  return {
    title: state === 'denied' ? 'Denied, so' : 'If denied',
    lines: [
      ...(sentences.length === 0 ? none : shown).flatMap((sentence) => wrapped(sentence, detail)),
      ...more(hidden),
    ],
  };
}

function more(hidden: number): readonly Line[] {
  return hidden > 0 ? [line(`+${hidden} more`, 'faint')] : [];
}

function wrapped(text: string, detail: Detail): readonly Line[] {
  return wrap(text, detail.columns).map((piece) => line(piece));
}

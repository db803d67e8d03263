import { type Decisions, decisionsOf } from '../inference/decisions/decisions.js';
import type { Grounds } from '../inference/decisions/grounds.js';
import { idleDecisions } from '../inference/decisions/idle.js';
import { shapedRules } from '../inference/decisions/shape.js';
import { findingsInOrder } from '../inference/findings.js';
import type { Finding, Inference, PathRule } from '../inference/inference.js';
import { type Arrangement, asTree } from './arrangement.js';
import { type History, historyOf } from './history.js';
import type { Size } from './layout.js';
import { type Growth, liveOf } from './live.js';
import type { Model, Step } from './model.js';
import { outlineOf, type Row } from './outline.js';
import { tallyOf } from './standing.js';
import type { ReviewSubject } from './subject.js';
import { cursorOn, inView, placeOfCursor, visibleRows } from './window.js';

/** The review as it starts: decided as it was before, everything unfolded, on the first row. */
export function modelOf(subject: ReviewSubject, size: Size): Model {
  const decisions = decisionsOf(subject.decisions);
  const shaped = shapedRules(subject.inference, decisions, subject.grounds);
  const idle = idleIn(subject);
  const findings = findingsFor(subject.inference, subject, shaped);
  const base = subject.inference;
  const outline = outlineFor({ subject, base, idle, shaped, findings, arrangement: asTree });
  return {
    subject,
    size,
    arrangement: asTree,
    idle,
    findings,
    names: new Map(),
    history: historyOf({ decisions, at: outline[0]?.id ?? '' }),
    base: subject.inference,
    slider: undefined,
    shaped,
    outline,
    tally: tallyOf(outline, decisions),
    folded: new Set(),
    visible: visibleRows(outline, new Set()),
    cursor: 0,
    top: 0,
    pager: undefined,
    format: 0,
    menu: undefined,
    prompt: undefined,
    live: subject.target === undefined ? undefined : liveOf(subject.target),
    notice: undefined,
  };
}

/** The model with another history, laid out for the decisions that are then present. */
export function withHistory(model: Model, history: History<Step>): Model {
  const { decisions } = history.present;
  const base = baseFor(model, decisions);
  const shaped = shapedRules(base, decisions, model.subject.grounds);
  if (base === model.base && sameRules(shaped, model.shaped)) {
    return { ...model, history, tally: tallyOf(model.outline, decisions) };
  }
  const findings = unlessSame(findingsFor(base, model.subject, shaped), model.findings);
  return relaid({ ...model, history, base, shaped, findings });
}

/** The model with more to review; what was decided holds for that as well. */
export function withMore(model: Model, { subject, slider }: Growth): Model {
  const { decisions } = model.history.present;
  const known = { ...model, subject, slider };
  const base = baseFor(known, decisions);
  const shaped = shapedRules(base, decisions, subject.grounds);
  const findings = findingsFor(base, subject, shaped);
  return relaid({ ...known, base, shaped, findings, idle: idleIn(subject), names: new Map() });
}

/** The model with its rows in another order, or other rows. */
export function arranged(model: Model, arrangement: Arrangement): Model {
  return relaid({ ...model, arrangement });
}

function relaid(model: Model): Model {
  const id = model.outline[placeOfCursor(model)]?.id ?? '';
  const outline = outlineFor(model);
  const next = {
    ...model,
    outline,
    tally: tallyOf(outline, model.history.present.decisions),
    visible: visibleRows(outline, model.folded),
  };
  const cursor = cursorOn(next, id);
  // The row stays where it is on the screen, whatever comes above it.
  return inView({ ...next, cursor, top: model.top + cursor - model.cursor });
}

/** What widening costs by these decisions; undefined where they do not say. */
export function dearnessIn(decisions: Decisions): number | undefined {
  const subject = decisions.get('fold folding')?.subject;
  return subject?.kind === 'folding' ? subject.dearness : undefined;
}

function baseFor({ subject, slider }: Model, decisions: Decisions): Inference {
  const dearness = dearnessIn(decisions);
  if (slider === undefined || dearness === undefined) return subject.inference;
  return dearness === subject.dearness ? subject.inference : slider.at(dearness);
}

/** What was decided earlier about what does not occur. */
function idleIn({ inference, decisions, grounds }: ReviewSubject): Model['idle'] {
  return idleDecisions(inference, decisionsOf(decisions), grounds);
}

/** What is found where these are the rules: findings come and go with them. */
function findingsFor(
  inference: Inference,
  { grounds }: ReviewSubject,
  shaped: readonly PathRule[],
): readonly Finding[] {
  if (shaped === inference.paths) return inference.findings;
  const others = othersOf(inference, grounds);
  const granted = shaped.filter(({ offered }) => offered !== true);
  return findingsInOrder([...others, ...grounds.risksOf(granted)]);
}

/** Most rules have the findings that they had: what was made of those can be used again. */
function unlessSame(findings: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  return JSON.stringify(findings) === JSON.stringify(before) ? before : findings;
}

/** What is found that is no risk of the rules, and so stays with other rules. */
function othersOf(inference: Inference, { risksOf }: Grounds): readonly Finding[] {
  const known = othersOfInference.get(inference);
  if (known !== undefined) return known;
  const risks = new Set(risksOf(inference.paths).map(({ sentence }) => sentence));
  const others = inference.findings.filter(({ sentence }) => !risks.has(sentence));
  othersOfInference.set(inference, others);
  return others;
}

const othersOfInference = new WeakMap<Inference, readonly Finding[]>();

function outlineFor({
  subject,
  base,
  idle,
  shaped,
  findings,
  arrangement,
}: Pick<
  Model,
  'subject' | 'base' | 'idle' | 'shaped' | 'findings' | 'arrangement'
>): readonly Row[] {
  const { facts } = subject;
  return outlineOf({ ...base, paths: shaped, findings }, { facts, idle }, arrangement);
}

function sameRules(one: readonly PathRule[], other: readonly PathRule[]): boolean {
  return (
    one === other || (one.length === other.length && one.every((rule, at) => rule === other[at]))
  );
}

import { decideOn } from '../inference/decisions/decide.js';
import type { Decision } from '../inference/decisions/decision.js';
import {
  type Decisions,
  decisionList,
  decisionsOf,
  sameDecisions,
} from '../inference/decisions/decisions.js';
import type { Grounds } from '../inference/decisions/grounds.js';
import { idleDecisions } from '../inference/decisions/idle.js';
import { shapedRules } from '../inference/decisions/shape.js';
import { findingsInOrder } from '../inference/findings.js';
import type { FoldSlider } from '../inference/fold-slider.js';
import type { Finding, Inference, PathRule } from '../inference/inference.js';
import type { Profile } from '../profiles/profile.js';
import { type Arrangement, asTree, type Order } from './arrangement.js';
import { type History, historyOf } from './history.js';
import { layoutFor, type Size } from './layout.js';
import type { Line } from './line.js';
import type { Menu } from './menu.js';
import { outlineOf, type Row } from './outline.js';
import type { Prompt } from './prompt.js';
import { type Tally, tallyOf } from './standing.js';
import type { Names, ReviewSubject } from './subject.js';

/** The whole state of a review. */
export interface Model {
  readonly subject: ReviewSubject;
  readonly size: Size;
  readonly history: History<Step>;
  /** As it is folded at present. */
  readonly base: Inference;
  /** Other ways to fold, once they were asked for. */
  readonly slider: FoldSlider | undefined;
  /** The rules that there are to decide on, as the present decisions lay them out. */
  readonly shaped: readonly PathRule[];
  readonly arrangement: Arrangement;
  /** Decisions of earlier reviews about what does not occur. */
  readonly idle: readonly Decision[];
  /** Everything there is to review; it changes with what folds or adds rules. */
  readonly outline: readonly Row[];
  /** About the inference with these rules. */
  readonly findings: readonly Finding[];
  /** What was looked up on the disk, by directory. */
  readonly names: ReadonlyMap<string, Names>;
  /** Of the present decisions. */
  readonly tally: Tally;
  /** Rows, by their ids, whose descendants are folded away. */
  readonly folded: ReadonlySet<string>;
  /** The places of the rows that folding leaves; never empty. */
  readonly visible: readonly number[];
  /** The row under the cursor and the uppermost row on the screen, as indices into `visible`. */
  readonly cursor: number;
  readonly top: number;
  /** What has taken the place of the panes. */
  readonly pager: Pager | undefined;
  /** In which format a preview is: 0 for our own, then those of the subject. */
  readonly format: number;
  /** What is to be chosen from, in the place of the evidence. */
  readonly menu: Menu | undefined;
  /** What is being typed, in the place of the footer. */
  readonly prompt: Prompt | undefined;
  /** What the last message led to, where that cannot be seen; gone with the next. */
  readonly notice: Notice | undefined;
}

/** What was decided, and on which row, by its id, the last of it was. */
export interface Step {
  readonly decisions: Decisions;
  readonly at: string;
}

export type PagerKind = 'help' | 'preview' | 'evidence' | 'difference';

export interface Pager {
  readonly kind: PagerKind;
  /** Laid out for the terminal's width when it is opened, since a preview is costly to make. */
  readonly lines: readonly Line[];
  readonly top: number;
}

export type Notice =
  | 'unsaved'
  | 'nothing-to-decide'
  | 'nothing-to-undo'
  | 'nothing-to-redo'
  | 'nothing-to-fold'
  | 'nothing-to-unfold'
  | 'nothing-to-cut'
  | 'nothing-open'
  | 'nothing-to-name'
  | 'nothing-to-explain'
  | 'slid'
  | 'no-absolute-path'
  | `ordered-${Order}`;

/** The review as it starts: decided as it was before, everything unfolded, on the first row. */
export function modelOf(subject: ReviewSubject, size: Size): Model {
  const decisions = decisionsOf(subject.decisions);
  const shaped = shapedRules(subject.inference, decisions, subject.grounds);
  const idle = idleDecisions(subject.inference, decisions, subject.grounds);
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
  const findings = findingsFor(base, model.subject, shaped);
  return relaid({ ...model, history, base, shaped, findings });
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
  return inView({ ...next, cursor: cursorOn(next, id) });
}

/** The places of the rows that are not folded away. */
export function visibleRows(
  outline: readonly Row[],
  folded: ReadonlySet<string>,
): readonly number[] {
  const visible: number[] = [];
  for (let at = 0; at < outline.length; at++) {
    visible.push(at);
    const row = outline[at];
    if (row !== undefined && row.descendants > 0 && folded.has(row.id)) at += row.descendants;
  }
  return visible;
}

/** The place in the outline of the row under the cursor. */
export function placeOfCursor(model: Pick<Model, 'visible' | 'cursor'>): number {
  return model.visible[model.cursor] ?? 0;
}

/** The inference as the present decisions leave it. */
export function decidedInference({ subject, base, shaped, history }: Model): Inference {
  const { decisions } = history.present;
  return decisions.size === 0 ? base : decideOn(base, shaped, decisions, subject.grounds);
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

/** The present decisions, in the order of a file. */
export function presentDecisions({ history }: Model): readonly Decision[] {
  return decisionList(history.present.decisions);
}

/** The profile as it would be written now. */
export function decidedProfileOf(model: Model): Profile {
  return model.subject.profile(decidedInference(model), presentDecisions(model));
}

/** Whether leaving now would lose a decision. */
export function hasUnsavedDecisions({ subject, history }: Model): boolean {
  return !sameDecisions(history.present.decisions, decisionsOf(subject.decisions));
}

/** The model with its window moved no further than it takes to show the cursor. */
export function inView(model: Model): Model {
  const height = Math.max(layoutFor(model.size).tree.rows, 1);
  const cursor = clamp(model.cursor, 0, model.visible.length - 1);
  const lowest = Math.max(0, Math.min(cursor, model.visible.length - height));
  const top = clamp(model.top, Math.max(0, cursor - height + 1), lowest);
  return { ...model, cursor, top };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
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

/** The place among the visible rows of the one with an id; where it was, when it is gone. */
function cursorOn(model: Model, id: string): number {
  const found = model.visible.findIndex((at) => model.outline[at]?.id === id);
  return found < 0 ? model.cursor : found;
}

function sameRules(one: readonly PathRule[], other: readonly PathRule[]): boolean {
  return (
    one === other || (one.length === other.length && one.every((rule, at) => rule === other[at]))
  );
}

import type { Inference } from '../inference/inference.js';
import { type Decisions, type Tally, tallyOf, withoutDenied } from './decisions.js';
import { type History, historyOf } from './history.js';
import { layoutFor, type Size } from './layout.js';
import type { Line } from './line.js';
import { outlineOf, type Row } from './outline.js';
import type { ReviewSubject } from './subject.js';

/** The whole state of a review. */
export interface Model {
  readonly subject: ReviewSubject;
  readonly size: Size;
  /** Everything there is to review; it does not change with decisions or folding. */
  readonly outline: readonly Row[];
  readonly history: History<Decisions>;
  /** Of the present decisions. */
  readonly tally: Tally;
  /** Rows, by their place in the outline, whose descendants are folded away. */
  readonly folded: ReadonlySet<number>;
  /** The places of the rows that folding leaves; never empty. */
  readonly visible: readonly number[];
  /** The row under the cursor and the uppermost row on the screen, as indices into `visible`. */
  readonly cursor: number;
  readonly top: number;
  /** What has taken the place of the panes. */
  readonly pager: Pager | undefined;
  /** What the last message led to, where that cannot be seen; gone with the next. */
  readonly notice: Notice | undefined;
}

export type PagerKind = 'help' | 'preview' | 'evidence';

export interface Pager {
  readonly kind: PagerKind;
  /** Laid out for the terminal's width when it is opened, since a preview is costly to make. */
  readonly lines: readonly Line[];
  readonly top: number;
}

export type Notice = 'unsaved' | 'nothing-to-decide' | 'nothing-to-undo' | 'nothing-to-redo';

/** The review as it starts: everything allowed, everything unfolded, the cursor on the first row. */
export function modelOf(subject: ReviewSubject, size: Size): Model {
  const outline = outlineOf(subject);
  const decisions: Decisions = { denied: new Set(), at: 0 };
  return {
    subject,
    size,
    outline,
    history: historyOf(decisions),
    tally: tallyOf(outline, decisions),
    folded: new Set(),
    visible: visibleRows(outline, new Set()),
    cursor: 0,
    top: 0,
    pager: undefined,
    notice: undefined,
  };
}

/** The places of the rows that are not folded away. */
export function visibleRows(
  outline: readonly Row[],
  folded: ReadonlySet<number>,
): readonly number[] {
  const visible: number[] = [];
  for (let at = 0; at < outline.length; at++) {
    visible.push(at);
    if (folded.has(at)) at += outline[at]?.descendants ?? 0;
  }
  return visible;
}

/** The place in the outline of the row under the cursor. */
export function placeOfCursor(model: Model): number {
  return model.visible[model.cursor] ?? 0;
}

/** The inference as the present decisions leave it. */
export function decidedInference({ subject, history }: Model): Inference {
  return withoutDenied(subject.inference, history.present);
}

/** Whether leaving now would lose a decision. */
export function hasUnsavedDecisions({ history }: Model): boolean {
  return history.present.denied.size > 0;
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

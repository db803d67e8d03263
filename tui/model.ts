import type { Decision } from '../inference/decisions/decision.js';
import type { Decisions } from '../inference/decisions/decisions.js';
import type { FoldSlider } from '../inference/fold-slider.js';
import type { Finding, Inference, PathRule } from '../inference/inference.js';
import type { Arrangement, Order } from './arrangement.js';
import type { History } from './history.js';
import type { Size } from './layout.js';
import type { Line } from './line.js';
import type { Live } from './live.js';
import type { Menu } from './open-menu.js';
import type { Row } from './outline.js';
import type { Prompt } from './prompt.js';
import type { Tally } from './standing.js';
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
  /** Of a target that runs meanwhile; undefined where there is none. */
  readonly live: Live | undefined;
  /** What the last message led to, where that cannot be seen; gone with the next. */
  readonly notice: Notice | undefined;
}

/** What was decided, and on which row, by its id, the last of it was. */
export interface Step {
  readonly decisions: Decisions;
  readonly at: string;
}

export type PagerKind = 'help' | 'preview' | 'evidence' | 'difference' | 'output';

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
  | 'no-target'
  | 'did-more'
  | 'no-absolute-path'
  | `ordered-${Order}`;

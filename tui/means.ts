import type { Decision } from '../inference/decisions/decision.js';
import type { FoldSlider } from '../inference/fold-slider.js';
import type { NewsMessage } from './messages.js';
import type { Names } from './subject.js';

/** What the operating system does for a review. */
export interface ReviewMeans {
  /** The names that a path's beginning may go on as; directories end in a slash. */
  readonly complete?: (beginning: string) => readonly string[];
  /** Some of what lies beneath a directory on the disk, without what these paths lead to. */
  readonly namesBeneath?: (directory: string, used: ReadonlySet<string>) => Names;
  /** Counts on the disk what there is to fold. */
  readonly survey?: () => FoldSlider | undefined;
  /** Told whenever the decisions are other than they were. */
  readonly onDecided?: (decisions: readonly Decision[]) => void;
  /** The target, where that runs meanwhile. */
  readonly live?: LiveMeans;
}

/** What a review can do with a target that runs meanwhile. */
export interface LiveMeans {
  /** Begins to tell what comes of it. @returns what ends that. */
  readonly follow: (tell: (news: NewsMessage) => void) => () => void;
  /** Asked again, it no longer asks the target. */
  readonly stop: () => void;
  /** Starts the target once more, after its end where it still runs. */
  readonly restart: () => void;
}

import type { FoldSlider } from '../inference/fold-slider.js';
import type { ReviewSubject } from './subject.js';
import type { Target } from './target.js';

/** What a review knows of a target that runs meanwhile. */
export interface Live {
  readonly target: Target;
  /** The end of what the target has written, in lines, as it wrote them. */
  readonly output: readonly string[];
  /** What came while something was chosen from what had been there before. */
  readonly held: Growth | undefined;
  /** What is to be done, once it is said what becomes of the target. */
  readonly leaving: 'write' | 'quit' | undefined;
  /** What is to be written when the target has ended, unless there is more by then: see `itemsOf`. */
  readonly awaited: ReadonlySet<string> | undefined;
}

/** The subject of the review, with what the target has done since. */
export interface Growth {
  readonly subject: ReviewSubject;
  /** The ways to fold that, where the ways to fold were asked for. */
  readonly slider: FoldSlider | undefined;
}

/** A live review as it begins. */
export function liveOf(target: Target): Live {
  return { target, output: [], held: undefined, leaving: undefined, awaited: undefined };
}

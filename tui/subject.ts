import type { Inference } from '../inference/inference.js';

/** What a review is about. */
export interface ReviewSubject {
  /** What was learned, for the title. */
  readonly command: string;
  /** The file that `w` writes. */
  readonly output: string;
  /** Sentences: how the target ended, what the trace could not see. */
  readonly facts: readonly string[];
  readonly inference: Inference;
  /** What paths came with on this machine. */
  readonly packages?: ReadonlyMap<string, string>;
  /** The file as it would be written. */
  readonly preview: (inference: Inference) => string;
}

/** How a review ended. `write` carries the inference without what was denied. */
export type ReviewResult =
  | { readonly kind: 'write'; readonly inference: Inference }
  | { readonly kind: 'quit' };

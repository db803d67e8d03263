import type { Decision } from '../inference/decisions/decision.js';
import type { Grounds } from '../inference/decisions/grounds.js';
import type { Inference } from '../inference/inference.js';
import type { Difference } from '../profiles/diff/difference.js';
import type { Profile } from '../profiles/profile.js';
import type { Target, TargetFate } from './target.js';

/** What a review is about. */
export interface ReviewSubject {
  /** What was learned, for the title. */
  readonly command: string;
  /** The file that `w` writes. */
  readonly output: string;
  /** Sentences: how the target ended, what the trace could not see. */
  readonly facts: readonly string[];
  readonly inference: Inference;
  /** What a path came with on this machine; the first answer takes a while. */
  readonly packageOf?: (path: string) => string | undefined;
  /** What changes to the inference are weighed by. */
  readonly grounds: Grounds;
  /** What widening costs of what it could, where the inference was folded. */
  readonly dearness: number;
  /** What was decided earlier; the review starts with it. */
  readonly decisions: readonly Decision[];
  /** Directories that have a name on this machine, such as a home. */
  readonly variables: readonly KnownVariable[];
  /** The profile as it would be written. */
  readonly profile: (inference: Inference, decisions: readonly Decision[]) => Profile;
  /** What a profile allows otherwise than the one on the disk; undefined where there is none. */
  readonly differences: (profile: Profile) => readonly Difference[] | undefined;
  /** Other tools' spellings of a profile. */
  readonly formats: readonly Format[];
  /** How it stood with the target as the review began, where that runs meanwhile. */
  readonly target?: Target;
}

export interface Format {
  readonly name: string;
  readonly write: (profile: Profile) => string;
}

export interface KnownVariable {
  readonly name: string;
  readonly path: string;
}

/** How a review ended. `write` carries what the decisions leave of the inference. */
export type ReviewResult =
  | {
      readonly kind: 'write';
      readonly inference: Inference;
      readonly decisions: readonly Decision[];
      readonly target?: TargetFate;
    }
  | { readonly kind: 'quit'; readonly target?: TargetFate };

/** Names beneath a directory, by their paths from there. */
export interface Names {
  readonly unused: readonly string[];
  /** Whether these are all. */
  readonly complete: boolean;
}

import type { Decision } from '../inference/decisions/decision.js';
import type { BaseProfile } from './base-profile.js';
import type { FoldChoice } from './fold-option.js';
import type { WatchedCommand } from './watched-command.js';
import type { WrittenWishes } from './wish-names.js';

/** What `--live` was asked for. */
export interface LiveRequest {
  /** Where the command's output goes; undefined: to a pane of the review. */
  readonly outputFile: string | undefined;
}

/** What `learn` was asked for. */
export interface LearnRequest extends WatchedCommand {
  readonly output: string;
  /** The profile to start from, where there is one. */
  readonly base: BaseProfile | undefined;
  readonly traceFile: string | undefined;
  readonly abi: number | undefined;
  readonly fold: FoldChoice;
  /** `plain`: in questions and answers, each a line. */
  readonly review: 'full' | 'plain' | undefined;
  /** Reviewed while the command runs. */
  readonly live: LiveRequest | undefined;
  readonly keepPartial: boolean;
  readonly allowIncomplete: boolean;
  /** Compare with what is there instead of writing. */
  readonly check: boolean;
  /** Write paths as they are, and not by variables. */
  readonly literal: boolean;
  readonly json: boolean;
  /** What was decided in earlier reviews, or elsewhere. */
  readonly decisions: readonly Decision[];
  /** In globs, what is granted and what is not. */
  readonly wishes: WrittenWishes;
}

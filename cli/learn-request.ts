import type { ResolvedCommand } from '../tracer/command.js';
import type { BaseProfile } from './base-profile.js';
import type { TracerChoice } from './choose-tracer.js';
import type { FoldChoice } from './fold-option.js';
import type { WrittenWishes } from './written-wishes.js';

/** What `learn` was asked for. */
export interface LearnRequest {
  readonly command: ResolvedCommand;
  /** The command's words as the bytes that were typed. */
  readonly words: readonly Buffer[];
  /** What the command is called, and so its profile. */
  readonly name: string;
  readonly output: string;
  /** The profile to start from, where there is one. */
  readonly base: BaseProfile | undefined;
  readonly traceFile: string | undefined;
  readonly tracer: TracerChoice;
  readonly abi: number | undefined;
  readonly fold: FoldChoice;
  readonly patience: number;
  readonly review: boolean;
  readonly keepPartial: boolean;
  readonly allowIncomplete: boolean;
  readonly json: boolean;
  /** In globs, what is granted and what is not. */
  readonly wishes: WrittenWishes;
}

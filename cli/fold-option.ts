import { type FoldName, foldNames } from '../inference/folding.js';
import { UsageError } from './errors.js';
import type { OptionTable, ParsedWords } from './options.js';
import { choiceOption, switchOption, textOption } from './values.js';

/** How freely rules are to be folded, and how many there may be in the end. */
export interface FoldChoice {
  readonly fold: FoldName;
  readonly maxRules: number | undefined;
  /** Whether it was said, so that what was decided earlier does not count. */
  readonly asked?: boolean;
  /** Nothing of this machine's disk is to count, so that nothing is folded. */
  readonly reproducible?: boolean;
}

export const foldOptions: OptionTable = {
  fold: { type: 'string' },
  'max-rules': { type: 'string' },
};

/** `--fold` and `--max-rules`. @throws UsageError unless they are what they can be. */
export function foldOption(words: ParsedWords, verb: string): FoldChoice {
  const chosen = choiceOption(words, 'fold', foldNames, verb);
  const fold = chosen ?? 'balanced';
  const asked = chosen !== undefined;
  const text = textOption(words, 'max-rules');
  if (switchOption(words, 'reproducible')) {
    const byDisk = text === undefined ? chosen : 'max-rules';
    if (byDisk === undefined || byDisk === 'exact') return reproducibly;
    throw new UsageError(
      `--${byDisk === 'max-rules' ? byDisk : `fold ${byDisk}`} goes by what is on this disk, and --reproducible by the trace alone: leave one of them out`,
      verb,
    );
  }
  if (text === undefined) return { fold, maxRules: undefined, asked };
  const maxRules = Number(text);
  if (/^\d+$/.test(text) && maxRules > 0) return { fold, maxRules, asked };
  throw new UsageError(`--max-rules ${text}: expected a whole number from 1 on`, verb);
}

const reproducibly = {
  fold: 'exact',
  maxRules: undefined,
  asked: true,
  reproducible: true,
} as const;

import { UsageError } from './errors.js';
import type { ParsedWords } from './options.js';

/** The profile that a verb takes before its command. @throws UsageError unless there is just one. */
export function onlyProfile({ operands }: Pick<ParsedWords, 'operands'>, verb: string): string {
  const [file, unexpected] = operands;
  if (file === undefined) throw new UsageError('no profile was given', verb);
  if (unexpected !== undefined) {
    throw new UsageError(`${unexpected} is not expected: put -- before the command`, verb);
  }
  return file;
}

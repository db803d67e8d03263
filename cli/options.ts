import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from '../profiles/closest.js';
import { UsageError } from './errors.js';

/** A verb's options, as `node:util` describes them. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>;

export interface ParsedWords {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  /** Words that are no options: files, for the verbs that take some. */
  readonly operands: readonly string[];
  /** The target's words. */
  readonly command: readonly string[];
}

/**
 * Parts a verb's words: everything before the first `--` is ours, everything after is the
 * target's. Where `operands` is 0, the first word that is no option begins the target's as well.
 *
 * @throws UsageError for an option that the verb does not have, or a value that is missing.
 */
export function parseWords(
  words: readonly string[],
  options: OptionTable,
  operands: 'none' | 'some',
  verb: string,
): ParsedWords {
  const end = operands === 'none' ? ownLength(words, options) : dashes(words);
  const own = words.slice(0, end);
  const rest = words.slice(end);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      options,
      strict: true,
      allowPositionals: true,
    });
    return {
      values: values as ParsedWords['values'],
      operands: positionals,
      command: rest[0] === '--' ? rest.slice(1) : rest,
    };
  } catch (error) {
    throw new UsageError(inOurWords(error, own, options), verb);
  }
}

function dashes(words: readonly string[]): number {
  const at = words.indexOf('--');
  return at === -1 ? words.length : at;
}

/** How many of the words are ours: up to `--` or to a word that is neither option nor value. */
function ownLength(words: readonly string[], options: OptionTable): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--' || !word.startsWith('-') || word === '-') return at;
    if (takesNextWord(word, options)) at += 1;
  }
  return words.length;
}

function takesNextWord(word: string, options: OptionTable): boolean {
  if (word.startsWith('--')) {
    return !word.includes('=') && options[word.slice(2)]?.type === 'string';
  }
  const last = Object.values(options).find(({ short }) => short === word.at(-1));
  const first = Object.values(options).find(({ short }) => short === word[1]);
  if (first?.type === 'string') return word.length === 2;
  return last?.type === 'string';
}

function inOurWords(error: unknown, words: readonly string[], options: OptionTable): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'(-[^' ]+)/.exec(message)?.[1]?.replace(/,$/, '') ?? words.join(' ');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return `unknown option ${option}${suggestion(option, options)}`;
  }
  const known = options[option.replace(/^--/, '')];
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return known?.type === 'boolean'
      ? `${option} takes no value`
      : `${longName(message, option)} needs a value`;
  }
  return message;
}

function longName(message: string, option: string): string {
  return /(--[a-z-]+)/.exec(message)?.[1] ?? option;
}

function suggestion(option: string, options: OptionTable): string {
  const close = closest(option.replace(/^--/, ''), Object.keys(options));
  return close === undefined ? '' : ` (did you mean --${close}?)`;
}

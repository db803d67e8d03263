import { newestAbi } from '../landlock/abi.js';
import { UsageError } from './errors.js';
import type { ParsedWords } from './options.js';

/** The value of an option that is a string, where it was given. */
export function textOption({ values }: ParsedWords, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times. */
export function textOptions({ values }: ParsedWords, name: string): readonly string[] {
  const value: unknown = values[name];
  return Array.isArray(value) ? value : [];
}

/** Whether an option that is a switch was given. */
export function switchOption({ values }: ParsedWords, name: string): boolean {
  return values[name] === true;
}

/** `--abi N`. @throws UsageError unless it is a version that we know. */
export function abiOption(words: ParsedWords, verb: string): number | undefined {
  const text = textOption(words, 'abi');
  if (text === undefined) return undefined;
  const abi = Number(text);
  if (Number.isInteger(abi) && abi >= 1 && abi <= newestAbi) return abi;
  throw new UsageError(`--abi ${text}: expected a whole number from 1 to ${newestAbi}`, verb);
}

/** A number of seconds. @throws UsageError unless it is one. */
export function secondsOption(words: ParsedWords, name: string, verb: string): number | undefined {
  const text = textOption(words, name);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= 86_400) return seconds;
  throw new UsageError(`--${name} ${text}: expected seconds, from 0 to 86400`, verb);
}

/** One of a few words. @throws UsageError that names them. */
export function choiceOption<Choice extends string>(
  words: ParsedWords,
  name: string,
  choices: readonly Choice[],
  verb: string,
): Choice | undefined {
  const text = textOption(words, name);
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`--${name} ${text}: expected one of ${choices.join(', ')}`, verb);
}

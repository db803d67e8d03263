import { verbOf, verbs } from './verbs.js';

/**
 * Whether a command line most likely runs something under the permissive tracer: a guess, made
 * before the words are understood. A wrong one costs time, and nothing else.
 */
export function watchesPermissively(words: readonly string[]): boolean {
  const { name, rest } = verbOf(words);
  if (verbs[name]?.watches !== true || rest.length === 0) return false;
  const own = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : 1);
  return !own.some((word) => otherwise.test(word));
}

/** Words that ask for help, for the version, or (with or without `--tracer`) for strace. */
const otherwise = /^(?:--help|-h|help|--version|-V|(?:--tracer=)?strace)$/;

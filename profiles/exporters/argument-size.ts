import type { Loss } from './loss.js';

/**
 * What the kernel does not take of the words that a script starts its tool with. Source: execve(2),
 * "Limits on size of arguments and environment".
 *
 * @param words - as a shell has them, an option and its value as one or as two.
 */
export function argumentLosses(words: readonly string[]): readonly Loss[] {
  const bytes = words.reduce((sum, word) => sum + Buffer.byteLength(word) + overhead, 0);
  return bytes > mostInAll
    ? [{ kind: 'oversized', what: 'its words', bytes, most: mostInAll }]
    : [];
}

/** What it does not take of one setting in the environment. */
export function settingLosses(name: string, value: string): readonly Loss[] {
  const bytes = Buffer.byteLength(`${name}=${value}\0`);
  return bytes > mostOfOne ? [{ kind: 'oversized', what: name, bytes, most: mostOfOne }] : [];
}

/** MAX_ARG_STRLEN: 32 pages, with the byte that ends it. */
const mostOfOne = 131_072;

/** A quarter of the usual 8 MiB of stack (RLIMIT_STACK), and room for the environment. */
const mostInAll = 2 * 1024 * 1024 - 131_072;

/** The byte that ends a word and the pointer to it; of two words, where there are two. */
const overhead = 18;

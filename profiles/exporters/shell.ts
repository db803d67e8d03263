/** A word that a POSIX shell takes as it is. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A shell script that becomes a program with these words, and then with what it is called with
 * after `--`.
 *
 * @param words - each already a word of a shell.
 * @param before - lines that come before.
 */
export function becomingScript(
  program: string,
  words: readonly string[],
  before: readonly string[] = [],
): string {
  const lines = words.map((word) => `  ${word} \\\n`).join('');
  return `${scriptHead}${before.map((line) => `${line}\n`).join('')}exec ${program} \\\n${lines}  -- "$@"\n`;
}

export const scriptHead = '#!/bin/sh\n# usage: sh THIS-FILE COMMAND [ARGUMENT...]\n';

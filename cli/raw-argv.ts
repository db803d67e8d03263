import { rawArguments } from '../kernel/initial-process.js';
import { pathFromBytes, pathToBytes } from '../kernel/path-bytes.js';
import type { ResolvedCommand } from '../tracer/command.js';

/** A command's words as paths are, with what is not UTF-8 escaped. @param count - see `rawArgv`. */
export function typedWords(count: number): readonly string[] {
  return rawArguments(process.argv.length - count).map(pathFromBytes);
}

/**
 * A command's words as the bytes that were typed, since Node's text of them is lossy. Where a shell
 * takes the program's place, its words are put before.
 *
 * @param count - how many of our own last words are the command's.
 */
export function rawArgv({ argv }: ResolvedCommand, count: number): readonly Buffer[] {
  const typed = rawArguments(process.argv.length - count);
  const added = argv.length - count;
  if (added <= 0) return typed;
  return [...argv.slice(0, added + 1).map(pathToBytes), ...typed.slice(1)];
}

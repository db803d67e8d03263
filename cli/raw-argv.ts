import { rawArguments } from '../kernel/initial-process.js';
import type { ResolvedCommand } from '../tracer/command.js';

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
  return [...argv.slice(0, added + 1).map((word) => Buffer.from(word)), ...typed.slice(1)];
}

import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { restoreBlockingStreams, restoreOpenFileLimit } from '../kernel/process-state.js';
import { findCommand, type ResolvedCommand } from '../tracer/command.js';
import type { Trace } from '../tracer/trace.js';
import type { TraceOptions } from '../tracer/tracer.js';
import { type TracerChoice, tracerChoices, traceWith } from './choose-tracer.js';
import { CommandError, UsageError } from './errors.js';
import type { OptionTable, ParsedWords } from './options.js';
import { tell } from './output.js';
import { rawArgv, typedWords } from './raw-argv.js';
import { choiceOption, secondsOption } from './values.js';
import { toolName } from './version.js';

/** The command that a verb watches, and how. */
export interface WatchedCommand {
  readonly command: ResolvedCommand;
  /** The command's words as the bytes that were typed. */
  readonly words: readonly Buffer[];
  /** What the command is called, and so its profile. */
  readonly name: string;
  readonly tracer: TracerChoice;
  /** Seconds for what it leaves running. */
  readonly patience: number;
}

/** The options of every verb that watches. */
export const watchOptions: OptionTable = {
  tracer: { type: 'string' },
  wait: { type: 'string' },
};

/** @throws UsageError when there is no command, CommandError when it cannot be found. */
export function watchedCommand(parsed: ParsedWords, verb: string): WatchedCommand {
  const [first] = parsed.command;
  if (first === undefined) {
    throw new UsageError('no command was given: expected -- COMMAND [ARGUMENT...]', verb);
  }
  const search = findCommand(typedWords(parsed.command.length));
  if (!search.found) throw new CommandError(search.reason, search.status);
  return {
    command: search.command,
    words: rawArgv(search.command, parsed.command.length),
    name: basename(first) || first,
    tracer: choiceOption(parsed, 'tracer', tracerChoices, verb) ?? 'auto',
    patience: secondsOption(parsed, 'wait', verb) ?? usualPatience,
  };
}

/** Seconds that most daemons need to end once what started them has. */
const usualPatience = 10;

/** Runs the command freely, and watches it. @throws CommandError when nothing can watch it. */
export function watch(
  { command, words, tracer: choice, patience }: WatchedCommand,
  how: Omit<TraceOptions, 'tool' | 'patience' | 'words' | 'onLeftBehind'> &
    Partial<Pick<TraceOptions, 'onLeftBehind'>>,
): Promise<Trace> {
  restoreOpenFileLimit();
  restoreBlockingStreams();
  return traceWith(choice, (tracer) => {
    if (tracer.name === 'strace') refuseOtherBytes(words);
    return tracer.trace(command, {
      onLeftBehind: (count) => tell(leftBehind(count, patience)),
      ...how,
      tool: toolName(),
      patience,
      words,
    });
  });
}

/** Node starts programs with text alone: another argument would reach the target changed. */
function refuseOtherBytes(words: readonly Buffer[]): void {
  const other = words.find((word) => !isUtf8(word));
  if (other === undefined) return;
  throw new CommandError(
    `nothing was run: the argument ${other} is not UTF-8, and cannot be handed on through strace`,
  );
}

function leftBehind(count: number, patience: number): string {
  const what = count === 1 ? 'one of its processes runs' : `${count} of its processes run`;
  return `the command has ended, but ${what} on; waiting up to ${patience} s (--wait)`;
}

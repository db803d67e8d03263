import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { restoreOpenFileLimit } from '../../kernel/process-state.js';
import { landlockSupport } from '../../landlock/support.js';
import { findCommand } from '../../tracer/command.js';
import { variablesOf } from '../../tracer/variables.js';
import { tracerChoices, traceWith } from '../choose-tracer.js';
import { CommandError, UsageError } from '../errors.js';
import { foldOption, foldOptions } from '../fold-option.js';
import type { LearnRequest } from '../learn-request.js';
import { onTerminal } from '../on-terminal.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { tell } from '../output.js';
import { rawArgv, typedWords } from '../raw-argv.js';
import { abiOption, choiceOption, secondsOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import {
  type WrittenWishes,
  wishesNothing,
  wishOptions,
  workingDirectory,
  writtenWishes,
} from '../written-wishes.js';

/** Runs the target freely, watches it, and makes of what it did a profile. */
export async function learn(invocation: Invocation): Promise<number> {
  const request = await requestOf(invocation);
  const abi = request.abi ?? request.base?.abi ?? kernelAbi();
  restoreOpenFileLimit();
  // Loaded beside the run: the target must not wait for it.
  let conclusion: Promise<typeof import('../conclude-learning.js')> | undefined;
  const trace = await traceWith(request.tracer, (tracer) => {
    if (tracer.name === 'strace') refuseOtherBytes(request.words);
    return tracer.trace(request.command, {
      tool: toolName(),
      abi,
      patience: request.patience,
      words: request.words,
      descriptors: invocation.descriptors,
      onStarted: () => {
        conclusion = import('../conclude-learning.js');
      },
      onLeftBehind: (count) => tell(leftBehind(count, request.patience)),
    });
  });
  const { concludeLearning } = await (conclusion ?? import('../conclude-learning.js'));
  return concludeLearning(request, trace, abi);
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  from: { type: 'string' },
  trace: { type: 'string' },
  tracer: { type: 'string' },
  abi: { type: 'string' },
  ...wishOptions,
  wait: { type: 'string' },
  ...foldOptions,
  'no-review': { type: 'boolean' },
  'keep-partial': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

/** Seconds that most daemons need to end once what started them has. */
const usualPatience = 10;

async function requestOf({ words }: Invocation): Promise<LearnRequest> {
  const parsed = parseWords(words, options, 'none', 'learn');
  const [first] = parsed.command;
  if (first === undefined) {
    throw new UsageError(
      'no command was given: expected ll-learn -- COMMAND [ARGUMENT...]',
      'learn',
    );
  }
  const search = findCommand(typedWords(parsed.command.length));
  if (!search.found) throw new CommandError(search.reason, search.status);
  const name = basename(first) || first;
  const json = switchOption(parsed, 'json');
  const from = textOption(parsed, 'from');
  return {
    command: search.command,
    words: rawArgv(search.command, parsed.command.length),
    name,
    output: textOption(parsed, 'output') ?? from ?? `${name}.landlock.toml`,
    base: from === undefined ? undefined : await baseProfile(from),
    traceFile: textOption(parsed, 'trace'),
    tracer: choiceOption(parsed, 'tracer', tracerChoices, 'learn') ?? 'auto',
    abi: abiOption(parsed, 'learn'),
    fold: foldOption(parsed, 'learn'),
    patience: secondsOption(parsed, 'wait', 'learn') ?? usualPatience,
    review: !switchOption(parsed, 'no-review') && !json && onTerminal(),
    keepPartial: switchOption(parsed, 'keep-partial'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
    json,
    wishes: await knownWishes(parsed),
  };
}

/** Known to mean something before anything is run. */
async function knownWishes(parsed: ParsedWords): Promise<WrittenWishes> {
  const wishes = await writtenWishes(parsed);
  if (wishesNothing(wishes)) return wishes;
  const { wishesFor } = await import('../wishes.js');
  wishesFor(wishes, [{ environment: variablesOf(process.env), directory: workingDirectory() }]);
  return wishes;
}

/** Read before the run: a mistake in it is told at once, and the disk is as the profile means it. */
async function baseProfile(file: string) {
  const { BaseProfile } = await import('../base-profile.js');
  return new BaseProfile(file);
}

/** Node starts programs with text alone: another argument would reach the target changed. */
function refuseOtherBytes(words: readonly Buffer[]): void {
  const other = words.find((word) => !isUtf8(word));
  if (other === undefined) return;
  throw new CommandError(
    `nothing was run: the argument ${other} is not UTF-8, and cannot be handed on through strace`,
  );
}

/** Learning works without Landlock; the profile is then for a machine that has it. */
function kernelAbi(): number {
  const support = landlockSupport();
  if (support.available) return support.abi;
  const abi = 7;
  tell(`${support.reason}, so that no profile can be enforced here; writing for ABI ${abi}`);
  return abi;
}

function leftBehind(count: number, patience: number): string {
  const what = count === 1 ? 'one of its processes runs' : `${count} of its processes run`;
  return `the command has ended, but ${what} on; waiting up to ${patience} s (--wait)`;
}

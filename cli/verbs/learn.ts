import { variablesOf } from '../../tracer/variables.js';
import { ambientOptions } from '../ambient-option.js';
import { storedDecisions } from '../decisions.js';
import { CommandError, UsageError } from '../errors.js';
import { foldOption, foldOptions } from '../fold-option.js';
import { kernelAbi } from '../kernel-abi.js';
import type { LearnRequest, LiveRequest } from '../learn-request.js';
import { isDumb, onTerminal } from '../on-terminal.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { abiOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { watch, watchedCommand, watchOptions } from '../watched-command.js';
import { type WrittenWishes, wishesNothing, wishOptions } from '../wish-names.js';
import { workingDirectory, writtenWishes } from '../written-wishes.js';

/** Runs the target freely, watches it, and makes of what it did a profile. */
export async function learn({ words, descriptors }: Invocation): Promise<number> {
  const request = await requestOf(words);
  const abi = request.abi ?? request.base?.abi ?? kernelAbi();
  // Loaded beside the run: the target must not wait for it.
  let conclusion: Promise<typeof import('../conclude-learning.js')> | undefined;
  const onStarted = () => {
    conclusion = import('../conclude-learning.js');
  };
  if (request.live !== undefined) {
    return (await import('../live/learn-live.js')).learnLive(request, abi, descriptors);
  }
  const trace = await watch(request, { abi, descriptors, onStarted });
  const { concludeLearning } = await (conclusion ?? import('../conclude-learning.js'));
  return concludeLearning(request, trace, abi);
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  from: { type: 'string' },
  decisions: { type: 'string' },
  trace: { type: 'string' },
  abi: { type: 'string' },
  ...watchOptions,
  ...wishOptions,
  ...foldOptions,
  ...ambientOptions,
  reproducible: { type: 'boolean' },
  'no-review': { type: 'boolean' },
  plain: { type: 'boolean' },
  live: { type: 'boolean' },
  'target-output': { type: 'string' },
  'keep-partial': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  check: { type: 'boolean' },
  json: { type: 'boolean' },
};

async function requestOf(words: readonly string[]): Promise<LearnRequest> {
  const parsed = parseWords(words, options, 'none', 'learn');
  const watched = watchedCommand(parsed, 'learn');
  const json = switchOption(parsed, 'json');
  const check = switchOption(parsed, 'check');
  const from = textOption(parsed, 'from');
  const output = textOption(parsed, 'output') ?? from ?? `${watched.name}.landlock.toml`;
  return {
    ...watched,
    output,
    base: from === undefined ? undefined : await baseProfile(from),
    traceFile: textOption(parsed, 'trace'),
    abi: abiOption(parsed, 'learn'),
    fold: foldOption(parsed, 'learn'),
    review: json || check ? undefined : wantedReview(parsed),
    live: wantedLive(parsed),
    keepPartial: switchOption(parsed, 'keep-partial'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
    check,
    literal: switchOption(parsed, 'literal'),
    json,
    decisions: await storedDecisions(textOption(parsed, 'decisions'), output, from),
    wishes: await knownWishes(parsed),
  };
}

/** Without a terminal, only who asks for questions is asked. */
function wantedReview(parsed: ParsedWords): LearnRequest['review'] {
  if (switchOption(parsed, 'no-review')) return undefined;
  if (switchOption(parsed, 'plain')) return 'plain';
  if (!onTerminal()) return undefined;
  return isDumb() ? 'plain' : 'full';
}

/** A review of what still runs needs the whole terminal. */
function wantedLive(parsed: ParsedWords): LiveRequest | undefined {
  const outputFile = textOption(parsed, 'target-output');
  if (!switchOption(parsed, 'live')) {
    if (outputFile === undefined) return undefined;
    throw new UsageError('--target-output is for --live: expected both', 'learn');
  }
  const other = ['no-review', 'plain', 'check', 'json'].find((name) => switchOption(parsed, name));
  if (other !== undefined) {
    throw new UsageError(`--live is a review on the whole screen, and --${other} is not`, 'learn');
  }
  if (!onTerminal() || isDumb()) {
    throw new CommandError(
      'nothing was run: --live needs a terminal that can show a whole screen, on standard input and standard error',
    );
  }
  return { outputFile };
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

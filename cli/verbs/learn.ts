import { isUtf8 } from 'node:buffer';
import { isAbsolute, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { infer } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import { basename } from '../../inference/names.js';
import { restoreOpenFileLimit } from '../../kernel/process-state.js';
import { landlockSupport } from '../../landlock/support.js';
import { shellWord } from '../../profiles/exporters/losses.js';
import { profileOf } from '../../profiles/from-inference.js';
import { writeToml } from '../../profiles/write-toml.js';
import { findCommand, type ResolvedCommand } from '../../tracer/command.js';
import { describeGap, type Trace } from '../../tracer/trace.js';
import { traceLines } from '../../tracer/trace-file.js';
import { tracerChoices, traceWith } from '../choose-tracer.js';
import { CommandError, UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { keepTrace } from '../keep-trace.js';
import { learnedFrom } from '../learned.js';
import { type OptionTable, parseWords } from '../options.js';
import { tell, tellPlain } from '../output.js';
import { mayReplace } from '../overwrite.js';
import { rawArgv } from '../raw-argv.js';
import { describeOutcome, resultDocument, succeeded } from '../result.js';
import { summary } from '../summary.js';
import { abiOption, choiceOption, secondsOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import { writeFileWhole } from '../write-file.js';

/** Runs the target freely, watches it, and makes of what it did a profile. */
export async function learn(invocation: Invocation): Promise<number> {
  const request = requestOf(invocation);
  const abi = request.abi ?? kernelAbi();
  restoreOpenFileLimit();
  const trace = await traceWith(request.tracer, (tracer) => {
    if (tracer.name === 'strace') refuseOtherBytes(request.words);
    return tracer.trace(request.command, {
      tool: toolName(),
      abi,
      patience: request.patience,
      words: request.words,
      descriptors: invocation.descriptors,
      onLeftBehind: (count) => tell(leftBehind(count, request.patience)),
    });
  });
  return conclude(request, trace, abi);
}

interface Request {
  readonly command: ResolvedCommand;
  /** The command's words as the bytes that were typed. */
  readonly words: readonly Buffer[];
  /** What the command is called, and so its profile. */
  readonly name: string;
  readonly output: string;
  readonly traceFile: string | undefined;
  readonly tracer: (typeof tracerChoices)[number];
  readonly abi: number | undefined;
  readonly patience: number;
  readonly review: boolean;
  readonly keepPartial: boolean;
  readonly allowIncomplete: boolean;
  readonly json: boolean;
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  trace: { type: 'string' },
  tracer: { type: 'string' },
  abi: { type: 'string' },
  wait: { type: 'string' },
  'no-review': { type: 'boolean' },
  'keep-partial': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

/** Seconds that most daemons need to end once what started them has. */
const usualPatience = 10;

function requestOf({ words }: Invocation): Request {
  const parsed = parseWords(words, options, 'none', 'learn');
  const [first] = parsed.command;
  if (first === undefined) {
    throw new UsageError(
      'no command was given: expected ll-learn -- COMMAND [ARGUMENT...]',
      'learn',
    );
  }
  const search = findCommand(parsed.command);
  if (!search.found) throw new CommandError(search.reason, search.status);
  const name = basename(first);
  const json = switchOption(parsed, 'json');
  return {
    command: search.command,
    words: rawArgv(search.command, parsed.command.length),
    name,
    output: textOption(parsed, 'output') ?? `${name}.landlock.toml`,
    traceFile: textOption(parsed, 'trace'),
    tracer: choiceOption(parsed, 'tracer', tracerChoices, 'learn') ?? 'auto',
    abi: abiOption(parsed, 'learn'),
    patience: secondsOption(parsed, 'wait', 'learn') ?? usualPatience,
    review: !switchOption(parsed, 'no-review') && !json && onTerminal(),
    keepPartial: switchOption(parsed, 'keep-partial'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
    json,
  };
}

/** Node starts programs with text alone: another argument would reach the target changed. */
function refuseOtherBytes(words: readonly Buffer[]): void {
  const other = words.find((word) => !isUtf8(word));
  if (other === undefined) return;
  throw new CommandError(
    `nothing was run: the argument ${other} is not UTF-8, and cannot be handed on through strace`,
  );
}

/** The review is drawn on stderr, since stdout is the target's. */
function onTerminal(): boolean {
  return isatty(0) && isatty(2) && (process.env['TERM'] ?? 'dumb') !== 'dumb';
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

/** From a finished trace to the profile's file; the trace is kept whenever that is not written. */
async function conclude(request: Request, trace: Trace, abi: number): Promise<number> {
  if (request.traceFile !== undefined) {
    writeFileWhole(request.traceFile, traceLines(trace), 'the trace');
  }
  const refusal = whyNoProfile(request, trace);
  const inference = infer([runOf(trace)], abi);
  if (refusal !== undefined) {
    if (request.json) tellPlain(resultDocument([trace], inference, null));
    tell(refusal);
    keep(request, trace);
    return exitStatus.finding;
  }
  try {
    return await deliver(request, trace, inference);
  } catch (error) {
    keep(request, trace);
    throw error;
  }
}

function keep(request: Request, trace: Trace): void {
  if (request.traceFile === undefined) keepTrace(trace, request.name);
}

/** Nobody is asked without a terminal, so that doubtful traces make no profile there. */
function whyNoProfile({ name, output, ...request }: Request, trace: Trace): string | undefined {
  if (request.review) {
    return onTerminal() ? undefined : `the terminal went away, so ${output} was not written`;
  }
  if (!succeeded(trace.outcome) && !request.keepPartial) {
    return `${name} ${describeOutcome(trace.outcome)}, so ${output} was not written (--keep-partial writes it all the same)`;
  }
  if (trace.integrity.length > 0 && !request.allowIncomplete) {
    const gaps = trace.integrity.map((gap) => `\n${describeGap(gap)}`).join('');
    return `the trace has gaps, so ${output} was not written (--allow-incomplete writes it all the same):${gaps}`;
  }
  return undefined;
}

function runOf(trace: Trace) {
  const { operations, objects, header } = trace;
  return { operations, objects, environment: header.environment };
}

async function deliver(request: Request, trace: Trace, inference: Inference): Promise<number> {
  const learned = learnedFrom(toolName(), [trace]);
  const text = (of: Inference) => writeToml(profileOf(of, learned));
  const accepted = request.review ? await reviewed(request, trace, inference, text) : inference;
  if (accepted === undefined) {
    tell('nothing was written');
    keep(request, trace);
    return exitStatus.clean;
  }
  mayReplace(request.output);
  writeFileWhole(request.output, [text(accepted)], 'the profile');
  if (request.json) tellPlain(resultDocument([trace], accepted, request.output));
  else tell(summary(request.name, trace, accepted, request.output, nextCommand(request)));
  return exitStatus.clean;
}

/** What the person makes of the inference; undefined when they leave without writing. */
async function reviewed(
  request: Request,
  trace: Trace,
  inference: Inference,
  preview: (inference: Inference) => string,
): Promise<Inference | undefined> {
  // React's development build is slower; the target has ended, and cannot inherit this.
  process.env['NODE_ENV'] ??= 'production';
  const { review } = await import('../../tui/review.js');
  const result = await review(
    {
      command: trace.header.command.join(' '),
      output: isAbsolute(request.output) ? request.output : resolve(request.output),
      facts: [
        `${request.name} ${describeOutcome(trace.outcome)}`,
        ...trace.integrity.map(describeGap),
      ],
      inference,
      preview,
    },
    { input: process.stdin, output: process.stderr },
  );
  return result.kind === 'write' ? result.inference : undefined;
}

function nextCommand({ output, command }: Request): string {
  return `ll-learn run ${shellWord(output)} -- ${command.argv.map(shellWord).join(' ')}`;
}

import { statSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import { decisionList, decisionsOf } from '../../inference/decisions/decisions.js';
import { groundsIn } from '../../inference/decisions/grounds.js';
import { dearnessOf } from '../../inference/folding.js';
import { inferToDecide } from '../../inference/infer-selected.js';
import { pathForNode } from '../../kernel/path-bytes.js';
import { decidedProfile } from '../../profiles/decided.js';
import { profileOf } from '../../profiles/from-inference.js';
import { loadAlone } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { inferenceOfProfile, withDecidedRules } from '../../profiles/review-of-profile.js';
import { ambientVariables } from '../../tracer/ambient.js';
import { describeGap } from '../../tracer/trace.js';
import { variablesOf } from '../../tracer/variables.js';
import { ambientOptions, variablesWanted } from '../ambient-option.js';
import { storedDecisions } from '../decisions.js';
import { CommandError, UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { foldOption, foldOptions } from '../fold-option.js';
import { dearnessFor, foldingFor } from '../folding-for.js';
import { holdReview, type Reviewable, variablesIn, writeReviewed } from '../hold-review.js';
import { isProfile } from '../is-profile.js';
import { learnedFrom } from '../learned.js';
import { isDumb, onTerminal } from '../on-terminal.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { tell } from '../output.js';
import { readAnyTrace } from '../read-any-trace.js';
import { describeOutcome } from '../result.js';
import { packageFinder } from '../reviewable-run.js';
import { runOf } from '../run-of.js';
import { abiOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import { wishOptions } from '../wish-names.js';
import { wishesFor } from '../wishes.js';
import { workingDirectory, writtenWishes } from '../written-wishes.js';

/** Opens the review of a profile or of a kept trace, and writes what comes of it. */
export async function review({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'review');
  const [file, unexpected] = parsed.operands;
  if (file === undefined) throw new UsageError('no profile or trace was given', 'review');
  if (unexpected !== undefined) {
    throw new UsageError(`one file is reviewed at a time, and ${unexpected} is one more`, 'review');
  }
  const asked = switchOption(parsed, 'plain');
  if (!asked && !onTerminal()) {
    throw new CommandError(
      'a review needs a terminal: expected one on standard input and standard error (--plain asks in lines)',
    );
  }
  const reviewable = isProfile(file) ? await ofProfile(file, parsed) : await ofTrace(file, parsed);
  const { output } = reviewable;
  const result = await holdReview(reviewable, asked || isDumb());
  if (result.kind === 'quit') {
    tell('nothing was written');
    return exitStatus.clean;
  }
  const { inference, decisions } = result;
  const profile = reviewable.profile(inference, decisions);
  writeReviewed(output, profile, decisions, reviewable.name);
  tell(`wrote ${output}: ${inference.paths.length} rules on paths`);
  return exitStatus.clean;
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  decisions: { type: 'string' },
  abi: { type: 'string' },
  ...wishOptions,
  ...foldOptions,
  ...ambientOptions,
  plain: { type: 'boolean' },
};

/** Its rules as they are, with its comments for evidence. */
async function ofProfile(file: string, parsed: ParsedWords): Promise<Reviewable> {
  const profile = loadAlone(file);
  const environment = variablesOf(process.env);
  const { guardedAt, groundsOf } = groundsIn([environment], profile.abi);
  const inference = inferenceOfProfile(
    profile,
    resolveProfile(profile, file),
    isDirectory,
    guardedAt,
  );
  const grounds = groundsOf(inference.paths);
  const stored = await storedDecisions(textOption(parsed, 'decisions'));
  const { learned } = profile;
  return {
    toDecide: {
      inference: { ...inference, findings: grounds.risksOf(inference.paths) },
      grounds,
    },
    name: nameOf(file),
    command: learned?.commands.map((words) => words.join(' ')).join(' | ') ?? file,
    output: absolute(textOption(parsed, 'output') ?? file),
    facts: [
      learned === undefined
        ? 'written by hand'
        : `learned with ${learned.tracer} by ${learned.tool}`,
      'who used what, and how often, a profile does not tell but in its comments',
      ...(learned?.gaps ?? []),
    ],
    decisions: decisionList(decisionsOf([...(profile.decisions ?? []), ...stored])),
    dearness: dearnessOf.exact,
    packageOf: packageFinder(inference),
    variables: variablesIn(environment, workingDirectory()),
    profile: (decided, decisions) =>
      decidedProfile(
        withDecidedRules(profile, decided, variablesWanted(parsed, ambientVariables())),
        decisions,
      ),
  };
}

/** What inference makes of it, as learning would have shown it. */
async function ofTrace(file: string, parsed: ParsedWords): Promise<Reviewable> {
  const trace = await readAnyTrace(file, toolName());
  const { header, outcome, integrity } = trace;
  const output =
    textOption(parsed, 'output') ?? `${nameOf(header.command[0] ?? file)}.landlock.toml`;
  const decisions = await storedDecisions(textOption(parsed, 'decisions'), output);
  const fold = foldOption(parsed, 'review');
  const toDecide = inferToDecide(
    [runOf(trace)],
    abiOption(parsed, 'review') ?? header.abi,
    wishesFor(await writtenWishes(parsed), [header]),
    foldingFor(fold, decisions),
  );
  const learned = learnedFrom(toolName(), [trace]);
  const spelled = variablesWanted(parsed, header.variables);
  return {
    toDecide,
    name: nameOf(header.command[0] ?? file),
    command: header.command.join(' '),
    output: absolute(output),
    facts: [`the command ${describeOutcome(outcome)}`, ...integrity.map(describeGap)],
    decisions,
    dearness: dearnessFor(fold, decisions),
    packageOf: packageFinder(toDecide.inference),
    variables: variablesIn(header.environment, header.directory),
    profile: (decided, present) => decidedProfile(profileOf(decided, learned, spelled), present),
  };
}

function absolute(file: string): string {
  return isAbsolute(file) ? file : resolve(file);
}

function nameOf(file: string): string {
  return basename(file).replace(/(\.landlock)?\.toml$|(\.trace)?\.jsonl$/, '');
}

function isDirectory(path: string): boolean {
  try {
    return statSync(pathForNode(path), { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false; // In a directory that may not be searched.
  }
}

import { decide } from '../../inference/decisions/decide.js';
import type { Decision } from '../../inference/decisions/decision.js';
import { decisionsOf } from '../../inference/decisions/decisions.js';
import { inferSelected, inferToDecide } from '../../inference/infer-selected.js';
import type { Inference } from '../../inference/inference.js';
import type { Run } from '../../inference/observe.js';
import { ofProgramAndItsOwn } from '../../inference/programs.js';
import { decidedProfile } from '../../profiles/decided.js';
import { profileOf } from '../../profiles/from-inference.js';
import { writeToml } from '../../profiles/write-toml.js';
import { blindSpots, describeGap, type Trace } from '../../tracer/trace.js';
import { BaseProfile, lacking, lacksNothing } from '../base-profile.js';
import { storedDecisions } from '../decisions.js';
import { CommandError, UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { foldOption, foldOptions } from '../fold-option.js';
import { foldingFor } from '../folding-for.js';
import { tellOfIdle } from '../idle-decisions.js';
import { learnedFrom } from '../learned.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { mayReplace } from '../overwrite.js';
import { profileNotes } from '../profile-notes.js';
import {
  type ProgramNeeds,
  programNamed,
  programNeeds,
  programNeedsText,
} from '../program-needs.js';
import { readAnyTrace } from '../read-any-trace.js';
import { describeOutcome, resultDocument } from '../result.js';
import { runOf } from '../run-of.js';
import { abiOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import { wishesFor } from '../wishes.js';
import { writeFileWhole } from '../write-file.js';
import { wishOptions, writtenWishes } from '../written-wishes.js';

/** Makes a profile of kept traces and of strace's logs, offline. */
export async function inferVerb({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'infer');
  const files = [...parsed.operands, ...parsed.command];
  if (files.length === 0) throw new UsageError('no trace was given', 'infer');
  const fold = foldOption(parsed, 'infer');
  const from = textOption(parsed, 'from');
  const base = from === undefined ? undefined : new BaseProfile(from);
  const traces: Trace[] = [];
  for (const file of files) traces.push(await readAnyTrace(file, toolName()));
  const abi =
    abiOption(parsed, 'infer') ?? base?.abi ?? Math.max(...traces.map(({ header }) => header.abi));
  const wishes = wishesFor(
    await writtenWishes(parsed),
    traces.map(({ header }) => header),
  );
  const stored = await storedDecisions(
    textOption(parsed, 'decisions'),
    textOption(parsed, 'output'),
    from,
  );
  const all = traces.map(runOf);
  const only = textOption(parsed, 'program');
  const runs = only === undefined ? all : ofProgramAndItsOwn(all, programNamed(all, only));
  const inferFrom = (of: readonly Run[]) =>
    inferSelected(of, abi, wishes, foldingFor(fold, stored));
  const toDecide = lacking(base, inferToDecide(runs, abi, wishes, foldingFor(fold, stored)), runs);
  const decisions = decisionsOf(stored);
  const inference = decide(toDecide.inference, decisions, toDecide.grounds);
  const doubts = doubtsAbout(traces, files, parsed);
  if (doubts.length > 0) {
    if (switchOption(parsed, 'json')) print(resultDocument(traces, inference, null));
    tell(`no profile was written:\n${doubts.join('\n')}`);
    return exitStatus.finding;
  }
  if (base !== undefined) tellOfBase(base, traces, inference);
  const programs = switchOption(parsed, 'per-program') ? programNeeds(runs, inferFrom) : undefined;
  tellOfIdle(toDecide, decisions);
  deliver(parsed, traces, inference, { base, programs, decisions: stored });
  return exitStatus.clean;
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  from: { type: 'string' },
  decisions: { type: 'string' },
  abi: { type: 'string' },
  ...wishOptions,
  ...foldOptions,
  program: { type: 'string' },
  'per-program': { type: 'boolean' },
  'keep-partial': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

/** What the profile that is to be extended makes of the logs, for people. */
function tellOfBase(base: BaseProfile, traces: readonly Trace[], lack: Inference): void {
  for (const note of profileNotes(base.placed)) tell(note);
  for (const sentence of base.grantedAlready(traces.flatMap(({ denials = [] }) => denials))) {
    tell(sentence);
  }
  if (lacksNothing(lack)) tell(`${base.file} lacks nothing of what was read`);
}

/** Reasons not to trust the traces that the options have not waved through. */
function doubtsAbout(
  traces: readonly Trace[],
  files: readonly string[],
  parsed: ParsedWords,
): readonly string[] {
  return traces.flatMap((trace, index) => {
    const { outcome } = trace;
    const file = files[index];
    const failed = outcome.kind === 'killed' || (outcome.kind === 'exited' && outcome.status !== 0);
    return [
      ...(failed && !switchOption(parsed, 'keep-partial')
        ? [
            `${file}: the command ${describeOutcome(outcome)} (--keep-partial takes it all the same)`,
          ]
        : []),
      ...(switchOption(parsed, 'allow-incomplete')
        ? []
        : blindSpots(trace).map((gap) => `${file}: ${describeGap(gap)} (--allow-incomplete)`)),
    ];
  });
}

interface Delivery {
  readonly base: BaseProfile | undefined;
  readonly programs: readonly ProgramNeeds[] | undefined;
  readonly decisions: readonly Decision[];
}

function deliver(
  parsed: ParsedWords,
  traces: readonly Trace[],
  inference: Inference,
  { base, programs, decisions }: Delivery,
): void {
  const output = textOption(parsed, 'output');
  const learned = learnedFrom(toolName(), traces);
  const profile = base?.with(inference, learned) ?? profileOf(inference, learned);
  const text = writeToml(decidedProfile(profile, decisions));
  if (output !== undefined) {
    if (output.length === 0) throw new CommandError('--output is empty: expected a file');
    mayReplace(output);
    writeFileWhole(output, [text], 'the profile');
  }
  if (switchOption(parsed, 'json')) {
    print(resultDocument(traces, inference, output ?? null, new Map(), programs));
  } else if (programs !== undefined) print(programNeedsText(programs));
  else if (output === undefined) print(text);
}

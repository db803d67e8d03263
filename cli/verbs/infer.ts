import { decide } from '../../inference/decisions/decide.js';
import { decisionList, decisionsOf } from '../../inference/decisions/decisions.js';
import { inferSelected, inferToDecide } from '../../inference/infer-selected.js';
import type { Inference } from '../../inference/inference.js';
import { ofProgramAndItsOwn } from '../../inference/programs.js';
import type { Run } from '../../inference/run.js';
import { decidedProfile } from '../../profiles/decided.js';
import { fitOf } from '../../profiles/fitness.js';
import { profileOf } from '../../profiles/from-inference.js';
import type { Profile } from '../../profiles/profile.js';
import { unionOfProfiles, unitedDecisions } from '../../profiles/union/union.js';
import { ambientVariables } from '../../tracer/ambient.js';
import type { AmbientVariables } from '../../tracer/ambient-names.js';
import { ambientOptions, variablesWanted } from '../ambient-option.js';
import { BaseProfile, lacking, lacksNothing } from '../base-profile.js';
import { storedDecisions } from '../decisions.js';
import { checkFile } from '../diff/check-file.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { foldOption, foldOptions } from '../fold-option.js';
import { foldingFor } from '../folding-for.js';
import { tellOfIdle } from '../idle-decisions.js';
import { deliver } from '../infer/deliver.js';
import { doubtsAbout } from '../infer/doubts.js';
import { type Inputs, readInputs } from '../infer/inputs.js';
import { learnedFrom } from '../learned.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { profileNotes } from '../profile-notes.js';
import { programNamed, programNeeds } from '../program-needs.js';
import { releaseMemory } from '../release-memory.js';
import { resultDocument } from '../result.js';
import { abiOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import { wishOptions } from '../wish-names.js';
import { wishesFor } from '../wishes.js';
import { writtenWishes } from '../written-wishes.js';

/** Makes a profile of kept traces, of logs and of other profiles, offline. */
export async function inferVerb({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'infer');
  const files = [...parsed.operands, ...parsed.command];
  if (files.length === 0) throw new UsageError('no trace was given', 'infer');
  const fold = foldOption(parsed, 'infer');
  const from = textOption(parsed, 'from');
  const output = textOption(parsed, 'output');
  const checked = checkedFile(parsed, output ?? from);
  const base = from === undefined ? undefined : new BaseProfile(from);
  const here = base === undefined ? undefined : fitOf(ambientVariables());
  const inputs = await readInputs(files, toolName(), output ?? from, here);
  const { traces, runs: all } = inputs;
  const abi = abiOf(inputs, abiOption(parsed, 'infer'), base);
  const wishes = wishesFor(
    await writtenWishes(parsed),
    traces.map(({ header }) => header),
  );
  const stored = [
    ...unitedDecisions(inputs.profiles.map(({ profile }) => profile)),
    ...(await storedDecisions(textOption(parsed, 'decisions'), output ?? checked, from)),
  ];
  const only = textOption(parsed, 'program');
  const runs = only === undefined ? all : ofProgramAndItsOwn(all, programNamed(all, only));
  const inferFrom = (of: readonly Run[]) =>
    inferSelected(of, abi, wishes, foldingFor(fold, stored));
  const toDecide = lacking(base, inferToDecide(runs, abi, wishes, foldingFor(fold, stored)), runs);
  releaseMemory();
  const decisions = decisionsOf(stored);
  const inference = decide(toDecide.inference, decisions, toDecide.grounds);
  const doubts = doubtsAbout(traces, parsed);
  if (doubts.length > 0) {
    if (switchOption(parsed, 'json'))
      print(resultDocument(traces, inference, null, { decisions: decisionList(decisions) }));
    tell(`no profile was written:\n${doubts.join('\n')}`);
    return exitStatus.finding;
  }
  if (base !== undefined && traces.length > 0) tellOfBase(base, all, inference);
  const programs = switchOption(parsed, 'per-program') ? programNeeds(runs, inferFrom) : undefined;
  if (traces.length > 0) tellOfIdle(toDecide, decisions);
  const profile = decidedProfile(
    profileWith(inputs, inference, base, variablesWanted(parsed, inputs.variables)),
    decisionList(decisions),
  );
  if (checked !== undefined) {
    return checkFile(checked, profile, switchOption(parsed, 'json'), print);
  }
  deliver(parsed, inputs, inference, { profile, programs });
  return exitStatus.clean;
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  from: { type: 'string' },
  decisions: { type: 'string' },
  abi: { type: 'string' },
  ...wishOptions,
  ...foldOptions,
  ...ambientOptions,
  reproducible: { type: 'boolean' },
  program: { type: 'string' },
  'per-program': { type: 'boolean' },
  'keep-partial': { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  check: { type: 'boolean' },
  json: { type: 'boolean' },
};

/** What `--check` compares with; undefined without it. */
function checkedFile(parsed: ParsedWords, file: string | undefined): string | undefined {
  if (!switchOption(parsed, 'check')) return undefined;
  if (file !== undefined) return file;
  throw new UsageError('--check compares with a file: say which with --output or --from', 'infer');
}

/** What the oldest of the profiles does not know, it does not restrict, and nor does their union. */
function abiOf(
  { traces, profiles }: Inputs,
  wished: number | undefined,
  base: BaseProfile | undefined,
): number {
  const known = profiles.map(({ profile }) => profile.abi);
  if (base !== undefined) known.push(base.abi);
  const oldest = known.length === 0 ? undefined : Math.min(...known);
  if (wished !== undefined && profiles.length > 0 && wished !== oldest) {
    throw new UsageError(
      `--abi ${wished}: the profiles that are put together are for ABI ${oldest}`,
      'infer',
    );
  }
  return wished ?? oldest ?? traces.reduce((most, { header }) => Math.max(most, header.abi), 1);
}

/** What the profile that is to be extended makes of the logs, for people. */
function tellOfBase(base: BaseProfile, runs: readonly Run[], lack: Inference): void {
  for (const note of profileNotes(base.placed)) tell(note);
  for (const sentence of base.grantedAlready(runs.flatMap(({ denials = [] }) => denials))) {
    tell(sentence);
  }
  if (lacksNothing(lack)) tell(`${base.file} lacks nothing of what was read`);
}

/** The profile of the traces, that of `--from` with what it lacks, and the others, in one. */
function profileWith(
  { traces, profiles }: Inputs,
  inference: Inference,
  base: BaseProfile | undefined,
  variables: AmbientVariables,
): Profile {
  const learned = learnedFrom(toolName(), traces);
  const others = profiles.map(({ profile }) => profile);
  if (base === undefined && traces.length === 0) return unionOfProfiles(others);
  const own =
    traces.length === 0 && base !== undefined
      ? base.alone
      : (base?.with(inference, learned, variables) ?? profileOf(inference, learned, variables));
  return others.length === 0 ? own : unionOfProfiles([own, ...others]);
}

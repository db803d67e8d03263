import { inferSelected } from '../../inference/infer-selected.js';
import type { Inference } from '../../inference/inference.js';
import type { PathGlob } from '../../inference/path-glob.js';
import type { Run } from '../../inference/run.js';
import { accessNames } from '../../landlock/access-set.js';
import { pathsOf } from '../../landlock/operation-paths.js';
import { loadProfile } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { writeToml } from '../../profiles/write-toml.js';
import { volatilePart } from '../../tracer/volatile-names.js';
import { BaseProfile, lacksNothing } from '../base-profile.js';
import { createFirst } from '../create-first.js';
import { learnedFrom } from '../learned.js';
import { tell } from '../output.js';
import { mayReplace } from '../overwrite.js';
import { runOf } from '../run-of.js';
import { toolName } from '../version.js';
import { writeFileWhole } from '../write-file.js';
import { type EnforcedRun, enforcedRun } from './enforced-run.js';
import type { Excluded } from './forbid.js';
import type { VerifyRequest } from './request.js';

/** The run that was clean, or that nothing more could be done about. */
export interface Fixed {
  readonly run: EnforcedRun;
  readonly lack: Inference;
  /** What was added, a sentence a round. */
  readonly fixes: readonly string[];
}

/** Of rounds, each of which runs the command: more than a program has ways to go on after a denial. */
const mostRounds = 20;

/**
 * Runs the command under the profile; where that is to be fixed, adds what was denied and runs it
 * again, until nothing is denied any more or nothing can be added. The profile on the disk is whole
 * after every round, and only gains.
 *
 * @param excluded - what must not be granted.
 */
export async function runUntilAllowed(
  request: VerifyRequest,
  excluded: (base: BaseProfile) => Excluded,
  descriptors: readonly number[],
): Promise<Fixed> {
  if (request.fix) mayReplace(request.output);
  const fixes: string[] = [];
  let file = request.file;
  for (;;) {
    const base = prepared(file);
    const run = await enforcedRun(base, request.watched, descriptors, request.minimise);
    const addition = additionFor(run, request.fix ? excluded(base) : undefined);
    const text = addition === undefined ? '' : addedText(addition);
    // What was added already and did not help will not help the next time.
    if (addition === undefined || fixes.includes(text) || fixes.length >= mostRounds) {
      return { run, lack: lackOf(run, runSeen(run), []), fixes };
    }
    const { variables = {} } = run.trace.header;
    const profile = base.with(addition, learnedFrom(toolName(), [run.trace]), variables);
    writeFileWhole(request.output, [writeToml(profile)], 'the profile');
    file = request.output;
    fixes.push(text);
    tell(`round ${fixes.length}: ${run.denials.length} denied; added ${text}`);
  }
}

/** What the profile wants to exist has to be there before its rules are looked up. */
function prepared(file: string): BaseProfile {
  const { creations } = resolveProfile(loadProfile(file), file);
  for (const path of createFirst(creations)) tell(`made ${path}, as the profile says`);
  return new BaseProfile(file);
}

/**
 * What is to be added; undefined where there is nothing. A program that is denied one thing may try another instead, and
 * what lies beneath a process's own directory in /proc takes a rule on all of /proc: so that waits
 * until nothing else is denied.
 */
function additionFor(run: EnforcedRun, exclude: Excluded | undefined): Inference | undefined {
  if (exclude === undefined || run.denials.length === 0 || wasStopped(run)) return undefined;
  const seen = runSeen(run);
  const narrow = {
    ...seen,
    operations: [...seen.operations].filter(
      ({ operation }) => !pathsOf(operation).some((path) => volatilePart(path) !== undefined),
    ),
    denials: [],
  };
  return [narrow, seen]
    .map((of) => lackOf(run, of, exclude.globs))
    .map((lack) => ({ ...lack, ports: lack.ports.filter(({ port }) => !exclude.ports.has(port)) }))
    .find((lack) => !lacksNothing(lack));
}

/** Somebody wants no further round; what a denial ends, ends by other signals. */
function wasStopped({ trace: { outcome } }: EnforcedRun): boolean {
  return outcome.kind === 'killed' && /^SIG(INT|TERM|HUP|QUIT)$/.test(outcome.signal);
}

function lackOf({ base, abi }: EnforcedRun, of: Run, exclude: readonly PathGlob[]): Inference {
  const wishes = { neverFold: [], missing: [], include: [], exclude };
  return base.lack(inferSelected([of], abi, wishes), [of]);
}

/** What the kernel alone told of is not among what was seen. */
function runSeen({ trace, denials }: EnforcedRun): Run {
  const unforeseen = denials
    .filter(({ told }) => told === 'kernel')
    .map(({ denial, count }) => ({ ...denial, count }));
  return { ...runOf(trace), denials: unforeseen };
}

function addedText({ paths, ports, unscoped, creations }: Inference): string {
  const texts = [
    ...paths.map(({ path, access }) => `${accessNames('fs', access).join(', ')} on ${path}`),
    ...ports.map(({ port, access }) => `${accessNames('net', access).join(', ')} on port ${port}`),
    ...unscoped.map(({ scope }) => `nothing, but left ${scope} out of "scoped"`),
    ...creations.map(({ path, kind }) => `the ${kind} ${path} to create`),
  ];
  return texts.join('; ');
}

import { isAbsolute, resolve } from 'node:path';
import type { Decision } from '../inference/decisions/decision.js';
import type { ToDecide } from '../inference/infer-selected.js';
import type { Inference } from '../inference/inference.js';
import { packagesOf } from '../profiles/debian-packages.js';
import { decidedProfile } from '../profiles/decided.js';
import { profileOf } from '../profiles/from-inference.js';
import { describeGap, type TraceSummary } from '../tracer/trace.js';
import { dearnessFor } from './folding-for.js';
import { type Reviewable, variablesIn } from './hold-review.js';
import type { LearnRequest } from './learn-request.js';
import { learnedFrom } from './learned.js';
import { toolName } from './version.js';

/**
 * What learning puts up for review.
 *
 * @param facts - sentences on how the runs ended.
 */
export function reviewableRun(
  request: LearnRequest,
  traces: readonly TraceSummary[],
  toDecide: ToDecide,
  facts: readonly string[],
): Reviewable {
  const headers = traces.map(({ header }) => header);
  const [first] = headers;
  const gaps = new Set(traces.flatMap(({ integrity }) => integrity.map(describeGap)));
  return {
    toDecide,
    name: request.name,
    command: request.command.argv.join(' '),
    output: isAbsolute(request.output) ? request.output : resolve(request.output),
    facts: [...facts, ...gaps],
    decisions: request.decisions,
    dearness: dearnessFor(request.fold, request.decisions),
    packageOf: packageFinder(toDecide.inference),
    variables: first === undefined ? [] : variablesIn(first.environment, first.directory),
    profile: profileBy(request, traces),
  };
}

/** The profile as learning would write it. */
export function profileBy(
  { base, literal }: LearnRequest,
  traces: readonly TraceSummary[],
): Reviewable['profile'] {
  const learned = learnedFrom(toolName(), traces);
  // Runs of one and the same session have the same.
  const variables = literal ? {} : (traces[0]?.header.variables ?? {});
  return (inference: Inference, decisions: readonly Decision[]) =>
    decidedProfile(
      base?.with(inference, learned, variables) ?? profileOf(inference, learned, variables),
      decisions,
    );
}

/** Looks them up when the first is asked for: nobody is to wait for that who sees no rule yet. */
export function packageFinder(inference: Inference): (path: string) => string | undefined {
  let found: ReadonlyMap<string, string> | undefined;
  return (path) => {
    found ??= packagesFor(inference);
    return found.get(path);
  };
}

/** Of this machine, where the run was. */
export function packagesFor({ paths }: Inference): ReadonlyMap<string, string> {
  return packagesOf(paths.map(({ path }) => path));
}

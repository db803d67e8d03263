import { decide } from '../inference/decisions/decide.js';
import { decisionsOf } from '../inference/decisions/decisions.js';
import { inferToDecide, type ToDecide } from '../inference/infer-selected.js';
import type { Inference } from '../inference/inference.js';
import { writeToml } from '../profiles/write-toml.js';
import { blindSpots, describeGap, type Trace } from '../tracer/trace.js';
import { type BaseProfile, lacking, lacksNothing } from './base-profile.js';
import { checkFile } from './diff/check-file.js';
import { exitStatus } from './exit-status.js';
import { foldingFor } from './folding-for.js';
import { gapAdvice } from './gap-advice.js';
import { type Accepted, holdReview } from './hold-review.js';
import { tellOfIdle } from './idle-decisions.js';
import { keepTrace, writeTrace } from './keep-trace.js';
import type { LearnRequest } from './learn-request.js';
import { onTerminal } from './on-terminal.js';
import { tell, tellPlain } from './output.js';
import { mayReplace } from './overwrite.js';
import { releaseMemory } from './release-memory.js';
import { describeOutcome, resultDocument, succeeded } from './result.js';
import { packagesFor, profileBy, reviewableRun } from './reviewable-run.js';
import { runOf } from './run-of.js';
import { wishesFor } from './wishes.js';
import { writeFileWhole } from './write-file.js';
import { writeLearned } from './write-learned.js';

/** From a finished trace to the profile's file; the trace is kept whenever that is not written. */
export async function concludeLearning(
  request: LearnRequest,
  trace: Trace,
  abi: number,
): Promise<number> {
  if (request.traceFile !== undefined) writeTrace(request.traceFile, trace, request.name);
  const refusal = whyNoProfile(request, trace);
  const runs = [runOf(trace)];
  releaseMemory();
  const wishes = wishesFor(request.wishes, [trace.header]);
  const all = inferToDecide(runs, abi, wishes, foldingFor(request.fold, request.decisions));
  const toDecide = lacking(request.base, all, runs);
  releaseMemory();
  if (refusal !== undefined) {
    if (request.json) {
      const inference = decided(toDecide, request);
      tellPlain(
        resultDocument([trace], inference, null, {
          packages: packagesFor(inference),
          decisions: request.decisions,
        }),
      );
    }
    tell(refusal);
    keep(request, trace);
    return exitStatus.finding;
  }
  try {
    return await deliver(request, trace, toDecide);
  } catch (error) {
    keep(request, trace);
    throw error;
  }
}

function keep(request: LearnRequest, trace: Trace): void {
  if (request.traceFile === undefined) keepTrace(trace, request.name);
}

/** Nobody is asked without a terminal, so that doubtful traces make no profile there. */
function whyNoProfile(
  { name, output, ...request }: LearnRequest,
  trace: Trace,
): string | undefined {
  if (request.review === 'plain') return undefined;
  if (request.review === 'full') {
    return onTerminal() ? undefined : `the terminal went away, so ${output} was not written`;
  }
  if (!succeeded(trace.outcome) && !request.keepPartial) {
    return `${name} ${describeOutcome(trace.outcome)}, so ${output} was not written (--keep-partial writes it all the same)`;
  }
  const blind = blindSpots(trace);
  if (blind.length > 0 && !request.allowIncomplete) {
    const lines = [...blind.map(describeGap), ...gapAdvice(blind)];
    const gaps = lines.map((line) => `\n${line}`).join('');
    return `the trace has gaps, so ${output} was not written (--allow-incomplete writes it all the same):${gaps}`;
  }
  return undefined;
}

async function deliver(request: LearnRequest, trace: Trace, toDecide: ToDecide): Promise<number> {
  const profile = profileBy(request, [trace]);
  tellOfIdle(toDecide, decisionsOf(request.decisions));
  if (request.check) {
    const wanted = profile(decided(toDecide, request), request.decisions);
    return checkFile(request.output, wanted, request.json, tellPlain);
  }
  if (request.base !== undefined && lacksNothing(toDecide.inference)) {
    const same = writeToml(profile(toDecide.inference, request.decisions));
    return lackedNothing(request, request.base, trace, same);
  }
  const accepted =
    request.review !== undefined
      ? await reviewed(request, trace, toDecide)
      : { inference: decided(toDecide, request), decisions: request.decisions };
  if (accepted === undefined) {
    tell('nothing was written');
    keep(request, trace);
    return exitStatus.clean;
  }
  writeLearned(request, [trace], accepted, describeOutcome(trace.outcome));
  return exitStatus.clean;
}

/** What earlier decisions make of it, where nobody is asked. */
function decided({ inference, grounds }: ToDecide, { decisions }: LearnRequest): Inference {
  return decide(inference, decisionsOf(decisions), grounds);
}

/** Nobody needs to be asked; the file is written only where it is to be another one. */
function lackedNothing(
  request: LearnRequest,
  { file }: BaseProfile,
  trace: Trace,
  text: string,
): number {
  const elsewhere = request.output !== file;
  if (elsewhere) {
    mayReplace(request.output);
    writeFileWhole(request.output, [text], 'the profile');
  }
  const done = elsewhere ? `wrote ${request.output}` : 'it stays as it is';
  tell(`${request.name} ${describeOutcome(trace.outcome)}; ${file} lacks nothing: ${done}`);
  return exitStatus.clean;
}

/** What the person makes of the inference; undefined when they leave without writing. */
async function reviewed(
  request: LearnRequest,
  trace: Trace,
  toDecide: ToDecide,
): Promise<Accepted | undefined> {
  const ended = `${request.name} ${describeOutcome(trace.outcome)}`;
  const reviewable = reviewableRun(request, [trace], toDecide, [ended]);
  const result = await holdReview(reviewable, request.review === 'plain');
  return result.kind === 'write' ? result : undefined;
}

import type { ToDecide } from '../../inference/infer-selected.js';
import type { Trace } from '../../tracer/trace.js';
import type { ReviewResult } from '../../tui/subject.js';
import { holdReview, type LiveNews, type Reviewable } from '../hold-review.js';
import type { LearnRequest } from '../learn-request.js';
import { describeOutcome } from '../result.js';
import { reviewableRun } from '../reviewable-run.js';
import { Pace } from './pace.js';
import { RememberedExtents } from './remembered-extents.js';
import type { Session } from './session.js';
import type { TargetOutput } from './target-output.js';
import { toDecideOf } from './to-decide.js';

/** The review of what the session's runs did so far, which grows with what they do. */
export function holdLiveReview(
  request: LearnRequest,
  abi: number,
  session: Session,
  output: TargetOutput,
): Promise<ReviewResult> {
  const extents = new RememberedExtents();
  const measure: RememberedExtents['measure'] = (...asked) => extents.measure(...asked);
  const reviewable = () => {
    // What is looked at last is as any inference of it would be.
    if (!session.isRunning) extents.forget();
    const traces = session.traces();
    return reviewableSoFar(request, traces, toDecideOf(request, abi, traces, { measure }));
  };
  return holdReview(reviewable(), false, {
    target: session.target,
    stop: () => session.stop(),
    restart: () => session.restart(),
    follow: (tell) => follow(session, output, reviewable, tell),
  });
}

function reviewableSoFar(
  request: LearnRequest,
  traces: readonly Trace[],
  toDecide: ToDecide,
): Reviewable {
  const ended = traces.filter(({ outcome }) => outcome.kind !== 'unknown');
  const facts = ended.map(({ outcome }) => `${request.name} ${describeOutcome(outcome)}`);
  return reviewableRun(request, traces, toDecide, facts);
}

function follow(
  session: Session,
  output: TargetOutput,
  reviewable: () => Reviewable,
  tell: (news: LiveNews) => void,
): () => void {
  const growth = new Pace(() => tell({ kind: 'grown', reviewable: reviewable() }), growthPause);
  const writing = new Pace(
    () => tell({ kind: 'output-came', lines: output.lines() }),
    writingPause,
  );
  session.follow({
    onGrown: () => growth.ask(),
    onChanged(target) {
      // All of it is there to be looked at before its end is told.
      if (target.kind === 'ended') growth.now();
      tell({ kind: 'target-changed', target });
    },
  });
  output.follow(() => writing.ask());
  // Since the review began to begin, much may have come.
  if (session.isRunning) growth.ask();
  else growth.now();
  tell({ kind: 'target-changed', target: session.target });
  writing.ask();
  return () => {
    session.follow(undefined);
    output.follow(() => {});
    growth.end();
    writing.end();
  };
}

/** Milliseconds. */
const growthPause = 500;
const writingPause = 250;

import type { Trace } from '../../tracer/trace.js';
import { exitStatus } from '../exit-status.js';
import type { LearnRequest } from '../learn-request.js';
import { onTerminal } from '../on-terminal.js';
import { tell } from '../output.js';
import { writeLearned } from '../write-learned.js';
import { goOn } from './go-on.js';
import { holdLiveReview } from './hold-live-review.js';
import { keepTraces } from './keep-traces.js';
import { lacksSomething } from './lacks-something.js';
import { Session } from './session.js';
import { TargetOutput } from './target-output.js';

/** Reviews while the target runs. Nothing of that is left when this ends. */
export async function learnLive(
  request: LearnRequest,
  abi: number,
  descriptors: readonly number[],
): Promise<number> {
  const output = new TargetOutput(request.live?.outputFile);
  const session = new Session(request, { abi, descriptors, apart: { streams: output.streams } });
  let kept = true;
  try {
    await session.start();
    const result = await holdLiveReview(request, abi, session, output);
    if (result.kind === 'write') {
      writeLearned(request, stamped(session), result, session.how);
      kept = false;
    } else tell(whyNothing(request));
    if (result.target !== 'keep') return onTerminal() ? exitStatus.clean : exitStatus.finding;
    await goOn(session, output, request.name);
    if (result.kind === 'quit') return exitStatus.clean;
    kept = lacksSomething(request, abi, session.traces(), result);
    return kept ? exitStatus.finding : exitStatus.clean;
  } finally {
    await session.close();
    await output.close();
    if (kept || request.traceFile !== undefined) keepTraces(request, session.traces());
  }
}

function whyNothing({ output }: LearnRequest): string {
  return onTerminal()
    ? 'nothing was written'
    : `the terminal went away, so ${output} was not written`;
}

/** What the profile is made of; of a run that goes on, the end is not known. */
function stamped(session: Session): readonly Trace[] {
  const traces = session.traces();
  if (!session.isRunning) return traces;
  const gap = { kind: 'interrupted', detail: 'the profile was written while it went on' } as const;
  return traces.map((trace, at) =>
    at === traces.length - 1 ? { ...trace, integrity: [...trace.integrity, gap] } : trace,
  );
}

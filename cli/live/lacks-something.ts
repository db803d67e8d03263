import { decide } from '../../inference/decisions/decide.js';
import { decisionsOf } from '../../inference/decisions/decisions.js';
import type { Trace } from '../../tracer/trace.js';
import { BaseProfile, lacksNothing } from '../base-profile.js';
import type { Accepted } from '../hold-review.js';
import type { LearnRequest } from '../learn-request.js';
import { tell } from '../output.js';
import { toDecideOf } from './to-decide.js';

/**
 * Whether a profile that was written while the runs went on lacks something by now that nobody has
 * decided against; then it is told.
 */
export function lacksSomething(
  request: LearnRequest,
  abi: number,
  traces: readonly Trace[],
  { decisions }: Accepted,
): boolean {
  const { output } = request;
  const { inference, grounds } = toDecideOf(request, abi, traces, {
    base: new BaseProfile(output),
  });
  const lack = decide(inference, decisionsOf(decisions), grounds);
  if (lacksNothing(lack)) return false;
  const count = lack.paths.length + lack.ports.length + lack.unscoped.length;
  tell(
    `${output} lacks ${count} rule${count === 1 ? '' : 's'} for what it did since (ll-learn infer --from ${output} adds them from the trace)`,
  );
  return true;
}

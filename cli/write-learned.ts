import { realpathSync, statSync } from 'node:fs';
import type { Inference } from '../inference/inference.js';
import { withOwnProfile } from '../inference/own-profile.js';
import { pathFromBytes } from '../kernel/path-bytes.js';
import { shellWord } from '../profiles/exporters/shell.js';
import type { TraceSummary } from '../tracer/trace.js';
import { type Accepted, writeReviewed } from './hold-review.js';
import type { LearnRequest } from './learn-request.js';
import { tell, tellPlain } from './output.js';
import { resultDocument } from './result.js';
import { packagesFor, profileBy } from './reviewable-run.js';
import { summary } from './summary.js';

/**
 * Writes the profile of what was learned, and tells of it.
 *
 * @param ended - how the runs ended, or that they go on: `exited with status 0`.
 */
export function writeLearned(
  request: LearnRequest,
  traces: readonly TraceSummary[],
  { inference, decisions }: Accepted,
  ended: string,
): void {
  const { name, output, base } = request;
  writeReviewed(output, profileBy(request, traces)(inference, decisions), decisions, name);
  // Told and not written: a file that says where it lies would be another one elsewhere.
  const told = tellingOfItself(inference, output);
  if (request.json) {
    tellPlain(resultDocument(traces, told, output, { packages: packagesFor(told), decisions }));
    return;
  }
  const gaps = traces.flatMap(({ integrity }) => integrity);
  const of = { name, ended, output, gaps, next: nextCommand(request), added: base !== undefined };
  tell(summary(of, told));
}

function nextCommand({ output, command }: LearnRequest): string {
  return `ll-learn run ${shellWord(output)} -- ${command.argv.map(shellWord).join(' ')}`;
}

/** Told of what was written, where that is a file that stays. */
function tellingOfItself(inference: Inference, output: string): Inference {
  const stays = statSync(output, { throwIfNoEntry: false })?.isFile() ?? false;
  if (!stays) return inference;
  return withOwnProfile(inference, pathFromBytes(realpathSync.native(output, 'buffer')));
}

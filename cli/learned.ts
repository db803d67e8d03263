import type { Learned } from '../profiles/profile.js';
import { describeGap, type TraceSummary } from '../tracer/trace.js';

/** How a profile of these traces came about. */
export function learnedFrom(
  tool: string,
  traces: readonly TraceSummary[],
): Omit<Learned, 'findings'> {
  const tracers = new Set(traces.map(({ header }) => header.tracer));
  const commands = new Map(
    traces.map(({ header }) => [JSON.stringify(header.command), header.command]),
  );
  const gaps = new Set(traces.flatMap(({ integrity }) => integrity.map(describeGap)));
  return {
    tool,
    tracer: [...tracers].sort().join(', '),
    commands: [...commands]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, words]) => words),
    gaps: [...gaps].sort(),
  };
}

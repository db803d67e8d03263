import type { Run } from '../inference/run.js';
import type { Trace } from '../tracer/trace.js';

/** What inference looks at of a trace. */
export function runOf({ operations, objects, lookups = [], denials = [], header }: Trace): Run {
  return { operations, objects, lookups, denials, environment: realEnvironment(header) };
}

/** Homes where they really are, as the paths of a trace are: a home may be a symlink. */
function realEnvironment({ environment, variables = {} }: Trace['header']): Run['environment'] {
  const homes = Object.entries(variables).filter(
    ([name]) => name === 'HOME' || name.startsWith('XDG_'),
  );
  return { ...environment, ...Object.fromEntries(homes) };
}

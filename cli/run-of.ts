import type { Run } from '../inference/observe.js';
import type { Trace } from '../tracer/trace.js';

/** What inference looks at of a trace. */
export function runOf({ operations, objects, lookups = [], denials = [], header }: Trace): Run {
  return { operations, objects, lookups, denials, environment: header.environment };
}

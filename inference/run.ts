import type { CountedDenial } from '../tracer/audit/read-denials.js';
import type { ObjectState, RecordedOperation } from '../tracer/trace.js';
import type { RunSet } from './run-set.js';

/** What one run showed: the part of a trace that inference looks at. */
export interface Run {
  readonly operations: Iterable<SeenOperation>;
  readonly objects: Iterable<ObjectState>;
  /** What was to be read and was not there. */
  readonly lookups?: readonly RecordedOperation[];
  /** What the kernel denied, where that is all that was seen. */
  readonly denials?: readonly CountedDenial[];
  /** The variables that tell where homes are. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many runs were put together in it; one unless it says so. */
  readonly standsFor?: number;
}

/** An operation, where several runs were put together with those that did it. */
export interface SeenOperation extends RecordedOperation {
  readonly runs?: RunSet;
}

import type { Sequence } from './sequence.js';
import type { Gap, ObjectState, RecordedOperation } from './trace.js';

/** What a tracer has to say in the end, whichever way it saw it. */
export interface Recorded {
  readonly operations: Sequence<RecordedOperation>;
  readonly objects: Sequence<ObjectState>;
  /** What was to be read and was not there, as opens that failed. */
  readonly lookups: readonly RecordedOperation[];
  readonly gaps: readonly Gap[];
}

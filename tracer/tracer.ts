import type { ResolvedCommand } from './command.js';
import type { LiveOperation } from './live-operations.js';
import type { Recorded } from './recorded.js';
import type { Trace, TraceHeader, TracerName } from './trace.js';

/** A way to see what a program asks of the kernel. */
export interface Tracer {
  readonly name: TracerName;
  /** Whether it works on this machine; cheap enough to ask before every run. */
  readonly availability: () => Availability;
  /** Runs the target to its end and tells what it asked. */
  readonly trace: (target: ResolvedCommand, options: TraceOptions) => Promise<Trace>;
}

export type Availability =
  | { readonly usable: true; readonly detail: string }
  | { readonly usable: false; readonly reason: string; readonly remedy: string };

export interface TraceOptions {
  /** Our own name and version, for the trace's header. */
  readonly tool: string;
  readonly abi: number;
  /** Seconds to wait for processes that the target leaves behind; then they are ended. */
  readonly patience: number;
  /** The target's arguments as the bytes that were typed, from argv[0] on. */
  readonly words: readonly Buffer[];
  /** Descriptors above 2 that the target is to inherit. */
  readonly descriptors: readonly number[];
  /**
   * The target restricts itself with Landlock and then becomes what is to be watched: what it asks
   * until then is nobody's business. The permissive tracer alone can do so.
   */
  readonly restricted?: boolean;
  /** What the target has of its own, and not from us; undefined: nothing. */
  readonly apart?: Apart;
  /** Told once when the target runs. */
  readonly onStarted: (running: Running) => void;
  /** Told once when the target has ended and others of its processes have not. */
  readonly onLeftBehind: (count: number) => void;
  /** Told of operations while the run goes on: see `LiveOperations`. It costs every call a look. */
  readonly onOperation?: (operation: LiveOperation) => void;
  /** Told a few times a second, where something new was seen, how to have all that was seen so far. */
  readonly onGrown?: (soFar: () => Recorded) => void;
}

/** A target with standard streams of its own, in a session of its own: without a terminal. */
export interface Apart {
  /** Descriptors of ours, which it gets as 0, 1 and 2. */
  readonly streams: readonly [number, number, number];
}

/** A target that runs. */
export interface Running {
  /** As its trace will have it. */
  readonly header: TraceHeader;
  /** The id of its first process, where that is known. */
  readonly process?: number;
  /** Sends a signal to all of its processes. */
  readonly signal: (name: NodeJS.Signals) => void;
}

/** A tracer that looked usable could not begin; the target was not run. */
export class TracerRefused extends Error {
  override readonly name = 'TracerRefused';
  /** Whether another tracer would see what this one cannot. */
  readonly elsewhere: boolean;

  /** @param message - the reason, and what to do. */
  constructor(message: string, elsewhere: boolean) {
    super(message);
    this.elsewhere = elsewhere;
  }
}

/** A tracer failed while the target ran, which was ended; the message says so. */
export class TracerBroken extends Error {
  override readonly name = 'TracerBroken';
}

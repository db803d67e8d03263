import type { FileType, Operation } from '../landlock/operation.js';
import type { AmbientVariables } from './ambient-names.js';
import type { CountedDenial } from './audit/read-denials.js';
import { describeLayer, type OwnLayer } from './own-layer.js';
import type { Sequence } from './sequence.js';

/** What a tracer saw of one run: everything that inference needs, offline as well. */
export interface Trace {
  readonly header: TraceHeader;
  readonly operations: Sequence<RecordedOperation>;
  readonly objects: Sequence<ObjectState>;
  /** What was to be read and was not there, as opens that failed with ENOENT. */
  readonly lookups?: readonly RecordedOperation[];
  /** What the kernel denied: all that there is of a run of which only a log of denials was kept. */
  readonly denials?: readonly CountedDenial[];
  readonly outcome: Outcome;
  readonly integrity: readonly Gap[];
}

/** A trace without what was seen. */
export type TraceSummary = Omit<Trace, 'operations' | 'objects' | 'lookups'>;

export interface TraceHeader {
  readonly tool: string;
  readonly tracer: TracerName;
  readonly command: readonly string[];
  readonly directory: string;
  readonly kernel: string;
  readonly abi: number;
  /** Where homes are, and code is looked for; empty for a log made elsewhere. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the profile's variables stood for; undefined where nobody can tell. */
  readonly variables?: AmbientVariables;
}

export type TracerName = 'permissive' | 'strace' | 'strace-log' | 'denial-log';

/** An operation, aggregated: how often the same program asked the same with the same result. */
export interface RecordedOperation {
  readonly operation: Operation;
  /** The program that asked: the absolute path of its executable. */
  readonly executable: string;
  /** The system call's name. */
  readonly call: string;
  /**
   * `ok`, or the error's name where the call failed after Landlock was asked; `ENOENT` of a removal
   * that found nothing, and so asked nothing, before the run put there what it has left.
   */
  readonly result: string;
  readonly count: number;
}

/** How the run found a path, and how it left it. */
export interface ObjectState {
  readonly path: string;
  readonly before: FileType | 'missing';
  readonly after: FileType | 'missing';
  /** Whether the run made, removed, renamed or replaced what stands there. */
  readonly changed: boolean;
  /** Permission bits of what is there after the run. */
  readonly mode: number;
}

/** How the target ended. */
export type Outcome =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'unknown' };

/** Something that the trace could not see, or not wholly; or that has to be told with it. */
export interface Gap {
  readonly kind: GapKind;
  /** Which program, path or line. */
  readonly detail: string;
  /** Of `own-domain`: what the program restricts itself with. */
  readonly layer?: OwnLayer;
}

export type GapKind =
  | 'io-uring'
  | 'privileged-program'
  | 'foreign-architecture'
  | 'namespace'
  | 'outlived'
  | 'unparsed'
  | 'unresolved'
  | 'interrupted'
  | 'own-domain'
  | 'own-listener'
  | 'mistake';

/** One sentence for people on what a gap means. */
export function describeGap({ kind, detail, layer }: Gap): string {
  switch (kind) {
    case 'io-uring':
      return `${detail} set up io_uring, whose file operations no tracer of system calls can see`;
    case 'privileged-program':
      return `${detail} has privileges of its own (set-user-id, set-group-id or capabilities): it ran without them, as it will when enforced`;
    case 'foreign-architecture':
      return `${detail} made calls of another architecture, which were not read`;
    case 'namespace':
      return `${detail}: paths after that may name other files than they seem to`;
    case 'outlived':
      return `${detail} was still running when tracing ended, and was ended with it`;
    case 'unparsed':
      return `the log could not be read at ${detail}`;
    case 'unresolved':
      return `${detail} could not be traced to a path`;
    case 'interrupted':
      return `the trace ends before the run did: ${detail}`;
    case 'own-domain':
      return `${detail} restricts itself with Landlock${asLayer(layer)}: what that denies fails whatever a profile grants, and was learned all the same`;
    case 'own-listener':
      return `${detail} wanted to supervise system calls itself, which is refused while we do (EBUSY), or hides them from us`;
    case 'mistake':
      return `ll-learn made a mistake of its own meanwhile; please report it: ${detail}`;
  }
}

/** What leaves something unseen: all but what a program restricts itself with, which is only told. */
export function blindSpots({ integrity }: Pick<Trace, 'integrity'>): readonly Gap[] {
  return integrity.filter(({ kind }) => kind !== 'own-domain');
}

function asLayer(layer: OwnLayer | undefined): string {
  return layer === undefined ? '' : ` (${describeLayer(layer)})`;
}

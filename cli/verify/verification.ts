import type { Inference } from '../../inference/inference.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import type { Trace } from '../../tracer/trace.js';
import type { Denied } from './enforced-run.js';
import type { Needless } from './minimise.js';
import type { Probe } from './probes/probe.js';

/** What a verification has come to. */
export interface Verification {
  /** What the command is called. */
  readonly name: string;
  readonly profile: PlacedProfile;
  /** The kernel's. */
  readonly abi: number;
  /** Of the last run. */
  readonly trace: Trace;
  /** The exit status that the command should have. */
  readonly expected: number;
  readonly denials: readonly Denied[];
  /** Whether the kernel's audit told of denials as well. */
  readonly audited: boolean;
  /** What the profile lacks of the last run. */
  readonly lack: Inference;
  readonly probes: readonly Probe[];
  /** What the last run did without; undefined where nobody asked, or it cannot be said. */
  readonly needless: readonly Needless[] | undefined;
  /** How many places of rules what is needless was taken away from. */
  readonly trimmed: number;
  /** What was added, a sentence a round. */
  readonly fixes: readonly string[];
  /** Where the fixed profile was written. */
  readonly written: string | undefined;
  readonly allowIncomplete: boolean;
}

import type { Profile } from '../profile.js';
import type { ResolvedProfile } from '../resolve.js';

/** Another tool's spelling of a profile. */
export interface Exporter {
  readonly format: string;
  /** One line on what reads it. */
  readonly summary: string;
  readonly write: (profile: Profile, resolved: ResolvedProfile) => Exported;
}

export interface Exported {
  readonly text: string;
  /** What the format cannot say, and what that means; a sentence each. */
  readonly losses: readonly string[];
}

import type { Severity } from '../../../inference/severity.js';
import type { Protocol } from '../../../kernel/try-port.js';
import type { FsRight, NetRight } from '../../../landlock/abi.js';
import type { PlacedPath, PlacedPort } from '../../../profiles/placed.js';
import type { Attempt, Outcome } from './attempt.js';

/** Something that is to be denied. */
export type Forbidden =
  | {
      readonly kind: 'path';
      readonly path: string;
      /** The rights that are to be denied; none: whatever can be done to what is there. */
      readonly rights: readonly FsRight[] | undefined;
      readonly by: Origin;
    }
  | {
      readonly kind: 'port';
      readonly port: number;
      readonly protocol: Protocol;
      readonly by: Origin;
    };

/** Why it is to be denied: as a place where secrets are kept, or since the user wants it. */
export type Origin =
  | {
      readonly kind: 'secret';
      readonly what: string;
      readonly reason: string;
      readonly severity: Severity;
    }
  | { readonly kind: 'must-deny'; readonly wish: string };

/** What came of trying it. */
export interface Probe {
  readonly forbidden: Forbidden;
  readonly tried: readonly { readonly attempt: Attempt; readonly outcome: Outcome }[];
  /** The rights that are allowed although they are not to be: where there are none, all is well. */
  readonly allowed: readonly Allowed[];
  /** Whether the kernel was asked and denied it. Else the rules alone tell that they deny it. */
  readonly proven: boolean;
  /** Whether anything is there. */
  readonly there: boolean;
}

export interface Allowed {
  readonly right: FsRight | NetRight;
  /** The rule that grants it; none where the right is not handled. */
  readonly rule: PlacedPath | PlacedPort | undefined;
  /** What the kernel was seen to do. */
  readonly seen: boolean;
}

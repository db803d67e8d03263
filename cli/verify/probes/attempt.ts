import type { Protocol } from '../../../kernel/try-port.js';

/** Something that is tried under the ruleset, and changes nothing where it goes through. */
export type Attempt =
  | { readonly kind: 'open'; readonly how: 'read' | 'write' | 'list'; readonly path: string }
  | {
      readonly kind: 'port';
      readonly how: 'connect' | 'bind';
      readonly protocol: Protocol;
      readonly port: number;
    };

/**
 * What came of it:
 *
 * - `denied`: by Landlock, as plain permissions would allow it.
 * - `allowed`: the ruleset lets it through, whatever came of it behind that.
 * - `permissions`: plain permissions refuse it already, so that Landlock was not asked.
 * - `unclear`: it failed before Landlock was asked, with this error.
 */
export type Outcome =
  | { readonly kind: 'denied' | 'allowed' | 'permissions' }
  | { readonly kind: 'unclear'; readonly code: string };

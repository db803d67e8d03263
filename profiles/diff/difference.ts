import type { Severity } from '../../inference/severity.js';
import type { Scope } from '../../landlock/abi.js';
import type { FsAccess, NetAccess } from '../../landlock/access-set.js';
import type { ProfileCreation } from '../profile.js';

/** One thing that a profile allows and another does not. */
export type Difference = { readonly sign: Sign } & Subject;

/** `granted`: the new profile allows it and the old one did not; `taken`: the other way round. */
export type Sign = 'granted' | 'taken';

export type Subject =
  | {
      readonly kind: 'path';
      /** As a profile spells it, with its variables. */
      readonly path: string;
      readonly access: FsAccess;
      /** What may come of it; undefined where nothing is known to. */
      readonly severity: Severity | undefined;
      /** Hierarchies beneath on which all of this stays as it was. */
      readonly except: readonly string[];
    }
  | { readonly kind: 'port'; readonly port: number; readonly access: NetAccess }
  /** Rights that are, or are no longer, restricted: granted everywhere, or where rules say. */
  | { readonly kind: 'unrestricted'; readonly rights: readonly string[] }
  | { readonly kind: 'unscoped'; readonly scope: Scope }
  /** A value of a variable that stands in paths of rules; null where the surroundings say it. */
  | { readonly kind: 'variable'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'creation'; readonly creation: ProfileCreation };

import type { FsRight, NetRight, Scope } from '../../landlock/abi.js';
import type { ProfileCreation } from '../profile.js';

export type AnyRight = FsRight | NetRight | Scope;

/** Something that an export says otherwise than the profile does. */
export type Loss =
  /** Looser: the rights are not restricted at all. */
  | { readonly kind: 'unrestricted'; readonly rights: readonly AnyRight[]; readonly why: string }
  /** Looser: the paths get rights that the profile does not grant. */
  | {
      readonly kind: 'widened';
      readonly rights: readonly FsRight[];
      readonly paths: readonly string[];
    }
  /** Looser: what was granted on single files is granted on the directory that holds them. */
  | { readonly kind: 'lifted'; readonly to: string; readonly paths: readonly string[] }
  /** Tighter: the paths lack rights that the profile grants. */
  | {
      readonly kind: 'withheld';
      readonly rights: readonly FsRight[];
      readonly paths: readonly string[];
      readonly why: string;
    }
  /** Tighter: the rights are restricted, which the profile leaves alone. */
  | { readonly kind: 'restricted'; readonly rights: readonly AnyRight[] }
  /** Tighter: the path cannot be written down, and its rule is left out. */
  | { readonly kind: 'unwritable'; readonly path: string; readonly why: string }
  /** Tighter: a variable stands for nothing here, and the rules with it are left out. */
  | { readonly kind: 'unplaced'; readonly name: string; readonly why: string }
  /** Nothing can be run: the kernel does not take so much of a word, or of all of them. */
  | {
      readonly kind: 'oversized';
      readonly what: string;
      readonly bytes: number;
      readonly most: number;
    }
  /** What the profile makes beforehand has to be made by hand. */
  | { readonly kind: 'creation'; readonly creation: ProfileCreation };

/** What a loss does to the sandbox. */
export function effectOf({ kind }: Loss): 'loosens' | 'tightens' | 'by hand' {
  switch (kind) {
    case 'unrestricted':
    case 'widened':
    case 'lifted':
      return 'loosens';
    case 'withheld':
    case 'restricted':
    case 'unwritable':
    case 'unplaced':
    case 'oversized':
      return 'tightens';
    case 'creation':
      return 'by hand';
  }
}

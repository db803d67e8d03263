import type { Scope } from '../landlock/abi.js';
import type { FsAccess, NetAccess } from '../landlock/access-set.js';
import type { Severity } from './severity.js';

/** What inference made of the traces: a ruleset, and for each part of it why it is there. */
export interface Inference {
  readonly abi: number;
  readonly paths: readonly PathRule[];
  readonly ports: readonly PortRule[];
  /** Scopes that the program needs to be without; all others that the ABI knows are set. */
  readonly unscoped: readonly Unscoped[];
  /** Made before enforcing, so that a rule can fall on the thing itself. */
  readonly creations: readonly Creation[];
  /** What no ruleset can allow, and what is worth a second look. */
  readonly findings: readonly Finding[];
  /** What was looked for and not there: rules that are granted only where somebody says so. */
  readonly offers?: readonly PathRule[];
  /** The rules that are of a family with a name; a rule is of one at most. */
  readonly families?: readonly FamilyRules[];
}

/** Rules on paths that programs use together for one purpose, such as the C library's. */
export interface FamilyRules {
  readonly name: string;
  readonly what: string;
  readonly reason: string;
  readonly paths: readonly string[];
}

/** Rights on a hierarchy, with the evidence for them. */
export interface PathRule {
  readonly path: string;
  /** What stands there; a rule on something other than a directory covers that alone. */
  readonly directory: boolean;
  readonly access: FsAccess;
  readonly uses: readonly PathUse[];
  /** A guarded place on which the rule has to lie all the same, by its name for people. */
  readonly guarded: string | undefined;
  /** What it opens beyond the uses; undefined where that was not counted. */
  readonly opens?: readonly Opened[] | undefined;
  /** In how many of the runs it was used, where there was more than one. */
  readonly seen?: Seen | undefined;
  /** Where a person added rights of it by hand: why, in their words, which may be none. */
  readonly added?: string;
  /** It is granted only where a decision allows it on this very path. */
  readonly offered?: boolean;
  /** What is written above a rule that was read from a file. */
  readonly told?: readonly string[];
}

/** Some of all runs. */
export interface Seen {
  readonly runs: number;
  readonly of: number;
}

/** Objects that are there, and that rights of a rule open without a run having used them so. */
export interface Opened {
  readonly access: FsAccess;
  readonly what: 'files' | 'directories';
  readonly count: number;
}

export interface PortRule {
  readonly port: number;
  readonly access: NetAccess;
  readonly uses: readonly Use[];
}

/** Who asked, how, and how often. */
export interface Use {
  readonly executable: string;
  readonly call: string;
  readonly count: number;
}

export interface PathUse extends Use {
  /** The path that was used: the rule's own, or one beneath it. */
  readonly path: string;
  readonly access: FsAccess;
  readonly why: Why;
}

/**
 * Why a use is served where it is. `observed`: there it happened. `anticipated`: the run changed
 * the disk so that the next one will ask for this. `lifted`: what was used will not be there when
 * the ruleset is enforced. `varying`: what was used is there, but another is used every time.
 * `foreseen`: no run used it, and the next one may, by what is known of its family. `sought`: it was looked for
 * and not there. `equalised`: a rename may not gain rights (the kernel's EXDEV).
 */
export type Why =
  | 'observed'
  | 'anticipated'
  | 'lifted'
  | 'varying'
  | 'foreseen'
  | 'sought'
  | 'equalised';

export interface Unscoped {
  readonly scope: Scope;
  readonly uses: readonly Use[];
}

export interface Creation {
  readonly path: string;
  readonly kind: 'directory' | 'file';
  readonly mode: number;
}

/**
 * Something that a person should know of. `impossible`: no ruleset can allow what the program
 * needs. `warning`: the profile may fail the next time. A severity: what may come of a right.
 */
export interface Finding {
  readonly severity: 'impossible' | 'warning' | Severity;
  readonly sentence: string;
  /** The paths of the rules that it is about, where it is about some. */
  readonly rules?: readonly string[];
  /** Whether the program did it; false where rules merely allow it. */
  readonly used?: boolean;
}

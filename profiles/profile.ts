import type { Decision } from '../inference/decisions/decision.js';
import type { FsAccess, NetAccess, Scopes } from '../landlock/access-set.js';

/**
 * A profile as its file spells it: paths are templates (`${HOME}/x`, `$$` for a dollar sign) until
 * `resolveProfile` puts the variables in.
 */
export interface Profile {
  readonly abi: number;
  /** What the file states, where that is newer than all that we know. */
  readonly newerAbi?: number;
  readonly variables: readonly Variable[];
  readonly handledFs: FsAccess;
  readonly handledNet: NetAccess;
  readonly scoped: Scopes;
  readonly paths: readonly ProfilePathRule[];
  readonly ports: readonly ProfilePortRule[];
  readonly creations: readonly ProfileCreation[];
  /** Undefined for a file that was not learned. */
  readonly learned: Learned | undefined;
  /** What was decided in reviews, in order: it holds for what is learned later. */
  readonly decisions?: readonly Decision[];
}

export interface Variable {
  readonly name: string;
  readonly values: readonly string[];
  /** Set where the surroundings define it, and not the file; `unfit` tells why it has no value. */
  readonly ambient?: { readonly unfit?: string };
}

export interface ProfilePathRule {
  readonly parents: readonly string[];
  readonly access: FsAccess;
  /** Comments above the rule, a line each. */
  readonly reasons: readonly string[];
  /** Where it was read. */
  readonly source?: RuleSource;
}

export interface ProfilePortRule {
  readonly ports: readonly number[];
  readonly access: NetAccess;
  readonly reasons: readonly string[];
  readonly source?: RuleSource;
}

/** The place of a rule in a file; lines are counted from 1. */
export interface RuleSource {
  readonly file: string;
  readonly line: number;
}

/** What `run` makes before it enforces, where it is missing. */
export interface ProfileCreation {
  readonly path: string;
  readonly kind: 'directory' | 'file';
  /** Permission bits. */
  readonly mode: number;
}

/** How a profile came about. */
export interface Learned {
  readonly tool: string;
  readonly tracer: string;
  readonly commands: readonly (readonly string[])[];
  /** What the traces could not see, in sentences. */
  readonly gaps: readonly string[];
  /** Notes for people that stand at the top of the file. */
  readonly findings: readonly string[];
}

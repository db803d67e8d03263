import type { Scope } from '../../landlock/abi.js';
import { allAccess, type FsAccess, type NetAccess } from '../../landlock/access-set.js';
import { comparePaths } from '../../landlock/hierarchy.js';

/** What a person decided about what inference found. It is kept, and holds for later runs too. */
export interface Decision {
  readonly action: Action;
  readonly subject: Subject;
  /** In their words; empty where they gave none. */
  readonly reason: string;
}

/**
 * - `allow`: granted as inference has it; said aloud where it is an exception, or was asked about.
 * - `deny`: not granted, nor by a fold above: what needs it is to fail.
 * - `ignore`: not worth a rule, though another may grant it.
 * - `fold`: one rule on this hierarchy stands for those beneath.
 * - `pin`: nothing is folded onto this hierarchy.
 * - `add`: granted although no run asked for it.
 * - `variable`: this path is written as a variable.
 */
export type Action = Verdict | 'fold' | 'pin' | 'add' | 'variable';

export const verdictNames = ['allow', 'deny', 'ignore'] as const;
export type Verdict = (typeof verdictNames)[number];

export type Subject =
  | PathSubject
  | ProgramSubject
  | PortSubject
  | ScopeSubject
  | VariableSubject
  | FoldingSubject;

export interface PathSubject {
  readonly kind: 'path';
  readonly path: string;
  /** Whether it is about all that lies beneath as well. */
  readonly beneath: boolean;
  readonly access: FsAccess;
}

/** Whatever one program did: what others need too, stays. */
export interface ProgramSubject {
  readonly kind: 'program';
  readonly program: string;
  readonly access: FsAccess;
}

export interface PortSubject {
  readonly kind: 'port';
  readonly port: number;
  readonly access: NetAccess;
}

export interface ScopeSubject {
  readonly kind: 'scope';
  readonly scope: Scope;
}

export interface VariableSubject {
  readonly kind: 'variable';
  readonly name: string;
  readonly path: string;
}

/** All rules: how dear widening is when they are folded. Without bound, nothing is. */
export interface FoldingSubject {
  readonly kind: 'folding';
  readonly dearness: number;
}

/** Every right on files that there is, or will be. */
export const everyFsRight: FsAccess = allAccess('fs', Number.POSITIVE_INFINITY);
export const everyNetRight: NetAccess = allAccess('net', Number.POSITIVE_INFINITY);

/** What a decision is about, whatever the rights: there is one of each action for it at most. */
export function placeOf(subject: Subject): string {
  switch (subject.kind) {
    case 'path':
      return `path ${subject.beneath ? 'beneath' : 'at'} ${subject.path}`;
    case 'program':
      return `program ${subject.program}`;
    case 'port':
      return `port ${subject.port}`;
    case 'scope':
      return `scope ${subject.scope}`;
    case 'variable':
      return `variable ${subject.name}`;
    case 'folding':
      return 'folding';
  }
}

/** The order in which decisions stand in a file, whatever the order in which they were made. */
export function compareDecisions(one: Decision, other: Decision): number {
  return (
    kinds.indexOf(one.subject.kind) - kinds.indexOf(other.subject.kind) ||
    compareSubjects(one.subject, other.subject) ||
    (one.action < other.action ? -1 : one.action > other.action ? 1 : 0)
  );
}

const kinds: readonly Subject['kind'][] = [
  'folding',
  'variable',
  'path',
  'program',
  'port',
  'scope',
];

function compareSubjects(one: Subject, other: Subject): number {
  if (one.kind === 'path' && other.kind === 'path') {
    return comparePaths(one.path, other.path) || Number(one.beneath) - Number(other.beneath);
  }
  if (one.kind === 'port' && other.kind === 'port') return one.port - other.port;
  const [left, right] = [placeOf(one), placeOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

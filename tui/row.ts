import type { Decision } from '../inference/decisions/decision.js';
import type { Creation, Finding, PathRule, PortRule, Unscoped } from '../inference/inference.js';
import type { Scope } from '../landlock/abi.js';

/** What a row of the review stands for. */
export type Item =
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'rule'; readonly rule: PathRule }
  | { readonly kind: 'port'; readonly rule: PortRule }
  | { readonly kind: 'unscoped'; readonly unscoped: Unscoped }
  | { readonly kind: 'scoped'; readonly scope: Scope }
  | { readonly kind: 'creation'; readonly creation: Creation }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'fact'; readonly sentence: string }
  | { readonly kind: 'group'; readonly title: string; readonly about: string }
  | { readonly kind: 'decision'; readonly decision: Decision };

export type Section =
  | 'files'
  | 'network'
  | 'scopes'
  | 'creations'
  | 'findings'
  | 'decisions'
  | 'run';

/** One row. The rows beneath it are the `descendants` that follow it in the outline. */
export interface Row {
  readonly item: Item;
  /** The same for the same thing, whatever else there is. */
  readonly id: string;
  /** Whether it is a thing that is granted or not, and no heading. */
  readonly decidable: boolean;
  /** Whether something is found about it, or it lies on a guarded place. */
  readonly flagged: boolean;
  readonly label: string;
  readonly rights: string;
  readonly count: number;
  /** How many objects it opens that nothing used; undefined where that was not counted. */
  readonly widening: number | undefined;
  readonly depth: number;
  readonly descendants: number;
}

/** A row with those beneath it, before it is known where it lies. */
export type Twig = Omit<Row, 'depth' | 'descendants'> & {
  readonly below: readonly Twig[];
};

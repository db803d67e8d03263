import type { End, Scenario } from '../laboratory/scenario.js';

/** A statement of fact: a call in a tree, under layers, ends so. Kernel and model are held to it. */
export interface Case extends Scenario {
  readonly title: string;
  readonly end: End;
}

/** A group of cases, under the heading that the documentation gives it. */
export interface Chapter {
  readonly heading: string;
  readonly cases: readonly Case[];
}

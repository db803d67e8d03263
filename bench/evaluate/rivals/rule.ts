import type { PathRule } from '../../../inference/inference.js';
import { type FsAccess, fsAccess, union } from '../../../landlock/access-set.js';
import { comparePaths, hierarchiesOf, parentOf } from '../../../landlock/hierarchy.js';

/** All that the rivals look at. */
export interface Rule {
  readonly path: string;
  readonly directory: boolean;
  readonly access: FsAccess;
}

/** Rules by their paths; what comes twice on one path is one rule. */
export class Rules {
  readonly #rules = new Map<string, Rule>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) this.add(rule);
  }

  get all(): readonly Rule[] {
    return [...this.#rules.values()];
  }

  add({ path, directory, access }: Rule): void {
    const there = this.#rules.get(path);
    const together = union(there?.access ?? fsAccess(), access);
    this.#rules.set(path, {
      path,
      directory: directory || there?.directory === true,
      access: together,
    });
  }

  /** Puts one rule on a directory in place of some. */
  replace(rules: readonly Rule[], directory: string): void {
    for (const { path } of rules) this.#rules.delete(path);
    const access = rules.map((rule) => rule.access).reduce(union, fsAccess());
    this.add({ path: directory, directory: true, access });
  }

  /** By the directory that each lies in, the deepest first; the root lies in none. */
  byDirectory(): readonly (readonly [directory: string, rules: readonly Rule[]])[] {
    const entries = new Map<string, Rule[]>();
    for (const rule of this.all) {
      if (rule.path === '/') continue;
      const directory = parentOf(rule.path);
      entries.set(directory, [...(entries.get(directory) ?? []), rule]);
    }
    return [...entries].sort(
      ([one], [other]) => depthOf(other) - depthOf(one) || comparePaths(one, other),
    );
  }

  /** Those that give something that none above gives. */
  needed(): readonly Rule[] {
    const isCovered = ({ path, access }: Rule) => {
      const [, ...above] = hierarchiesOf(path);
      const given = above.map((each) => this.#rules.get(each)?.access ?? fsAccess());
      return (access & ~given.reduce(union, fsAccess())) === 0;
    };
    return this.all
      .filter((rule) => !isCovered(rule))
      .sort((one, other) => comparePaths(one.path, other.path));
  }
}

/** How many names a path has. */
export function depthOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}

/** A rule without evidence, as a profile can hold it. */
export function asGiven({ path, directory, access }: Rule): PathRule {
  return { path, directory, access, uses: [], guarded: undefined };
}

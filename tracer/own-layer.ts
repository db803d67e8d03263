import { accessNames, fsAccess, type NetAccess, type Scopes } from '../landlock/access-set.js';
import type { NetPort, PathBeneath, Ruleset } from '../landlock/ruleset.js';

/** A layer of Landlock that a program put on itself. */
export interface OwnLayer {
  /** Which one it is of those that the program put on itself: 1, 2 … */
  readonly number: number;
  readonly ruleset: Ruleset;
  /** LANDLOCK_RESTRICT_SELF_* */
  readonly flags: number;
  /** Whether its every rule is known. */
  readonly complete: boolean;
}

/** A ruleset that a program is making. */
export interface OwnRuleset {
  readonly ruleset: Ruleset;
  readonly complete: boolean;
}

/** The ruleset of landlock_create_ruleset(2), by the kernel's masks; rights that are not known here stay. */
export function newRuleset(handledFs: number, handledNet: number, scoped: number): OwnRuleset {
  const ruleset = {
    handledFs: handledFs as Ruleset['handledFs'],
    handledNet: handledNet as NetAccess,
    scoped: scoped as Scopes,
    paths: [],
    ports: [],
  };
  return { ruleset, complete: true };
}

/** The same with a rule more; undefined is a rule on something that could not be traced to a path. */
export function withRule(own: OwnRuleset, rule: PathBeneath | NetPort | undefined): OwnRuleset {
  if (rule === undefined) return { ...own, complete: false };
  const { ruleset } = own;
  const grown =
    'path' in rule
      ? { ...ruleset, paths: [...ruleset.paths, rule] }
      : { ...ruleset, ports: [...ruleset.ports, rule] };
  return { ...own, ruleset: grown };
}

/** A ruleset of which nothing was seen but that a program restricts itself with it. */
export const unseenRuleset: OwnRuleset = { ...newRuleset(fsAccess(), 0, 0), complete: false };

/** A layer for people: what it handles, and how many rules it has. */
export function describeLayer({ number, ruleset, complete }: OwnLayer): string {
  const handled = [
    ...accessNames('fs', ruleset.handledFs),
    ...accessNames('net', ruleset.handledNet),
    ...accessNames('scope', ruleset.scoped),
  ];
  const count = ruleset.paths.length + ruleset.ports.length;
  const rules = count === 1 ? '1 rule' : `${count} rules`;
  const what = handled.length === 0 ? 'handles what was not seen' : `handles ${handled.join(', ')}`;
  return `layer ${number} ${what}, with ${complete ? rules : `${rules} and some that were not seen`}`;
}

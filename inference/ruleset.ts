import { allAccess, difference, scopeSet } from '../landlock/access-set.js';
import { emptyRuleset, type Ruleset } from '../landlock/ruleset.js';
import type { Inference } from './inference.js';

/** The ruleset of an inference: everything that its ABI knows is handled, and these rules. */
export function rulesetOf({ abi, paths, ports, unscoped }: Inference): Ruleset {
  const needless = scopeSet(...unscoped.map(({ scope }) => scope));
  return {
    ...emptyRuleset(abi),
    scoped: difference(allAccess('scope', abi), needless),
    paths: paths.map(({ path, access }) => ({ path, access })),
    ports: ports.map(({ port, access }) => ({ port, access })),
  };
}

import { allAccess, intersection } from '../../landlock/access-set.js';
import { type Domain, domainOn } from '../../landlock/domain.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { landlockSupport } from '../../landlock/support.js';
import type { BaseProfile } from '../base-profile.js';

/** The domain that a profile makes of the kernel here, by what its paths led to when it was read. */
export function judgedDomain({ given: { ruleset, objectOf }, abi: own }: BaseProfile): Domain {
  const abi = judgedAbi(own);
  return domainOn(objectOf, abi, [known(ruleset, abi)]);
}

/** Judged as the kernel here would, were there one that enforces. */
function judgedAbi(profileAbi: number): number {
  const support = landlockSupport();
  return support.available ? support.abi : profileAbi;
}

/** What that kernel does not know, it does not restrict. */
function known(ruleset: Ruleset, abi: number): Ruleset {
  return {
    ...ruleset,
    handledFs: intersection(ruleset.handledFs, allAccess('fs', abi)),
    handledNet: intersection(ruleset.handledNet, allAccess('net', abi)),
    scoped: intersection(ruleset.scoped, allAccess('scope', abi)),
  };
}

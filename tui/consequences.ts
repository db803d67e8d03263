import type { Decisions } from '../inference/decisions/decisions.js';
import { ruleAt } from '../inference/decisions/shape.js';
import { Verdicts } from '../inference/decisions/verdicts.js';
import type { PathRule, PathUse, PortRule, Unscoped } from '../inference/inference.js';
import { accessNames, difference, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { hierarchiesOf } from '../landlock/hierarchy.js';
import { printable } from './printable.js';
import { fsRights, netRights, scopeWords } from './rights.js';
import { programName } from './uses.js';

/** What the rules that remain grant, by the path they lie on. */
export type Grants = Pick<ReadonlyMap<string, FsAccess>, 'get'>;

/** @param rules - in the order of their paths: of the very many, a few are asked for at a time. */
export function grantsOf(rules: readonly PathRule[], decisions: Decisions): Grants {
  const verdicts = new Verdicts(decisions);
  return {
    get(path) {
      const rule = ruleAt(rules, path);
      return rule === undefined ? undefined : verdicts.onRule(rule).allowed;
    },
  };
}

/** What fails without this rule, given what the others grant: one sentence for each thing. */
export function failuresWithout(
  rule: PathRule,
  uses: readonly PathUse[],
  grants: Grants,
): readonly string[] {
  const sentences = new Set<string>();
  for (const use of uses) {
    const lost = difference(use.access, grantedBeside(rule.path, use.path, grants));
    for (const right of accessNames('fs', lost)) {
      const { deed, errno } = fsRights[right];
      sentences.add(failure(use.executable, errno, deed(printable(use.path))));
    }
  }
  return [...sentences];
}

export function failuresWithoutPort(rule: PortRule): readonly string[] {
  const deeds = accessNames('net', rule.access).map((right) => netRights[right].deed(rule.port));
  return programs(rule).flatMap((program) => deeds.map((deed) => failure(program, 'EACCES', deed)));
}

/** What fails when a scope is set that the program needed to be without. */
export function failuresWithin(unscoped: Unscoped): readonly string[] {
  const { deed } = scopeWords[unscoped.scope];
  return programs(unscoped).map((program) => failure(program, 'EPERM', deed));
}

function grantedBeside(rule: string, path: string, grants: Grants): FsAccess {
  let granted = fsAccess();
  for (const hierarchy of hierarchiesOf(path)) {
    if (hierarchy !== rule) granted = union(granted, grants.get(hierarchy) ?? fsAccess());
  }
  return granted;
}

function programs({ uses }: PortRule | Unscoped): readonly string[] {
  return [...new Set(uses.map((use) => use.executable))];
}

function failure(executable: string, errno: string, deed: string): string {
  return `${programName(executable)} will get ${errno} when it ${deed}`;
}

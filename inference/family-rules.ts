import { abstractionMapOf } from './abstraction-map.js';
import type { Abstraction } from './abstractions/abstraction.js';
import type { FamilyRules, PathRule } from './inference.js';

/** The rules that are of a family: all their rights are such as the family has there. */
export function familyRules(
  rules: readonly PathRule[],
  environments: readonly Readonly<Record<string, string>>[],
): readonly FamilyRules[] {
  const map = abstractionMapOf(environments);
  const found = new Map<Abstraction, string[]>();
  for (const { path, access } of rules) {
    const family = map.of(path, access)?.abstraction;
    if (family !== undefined) found.set(family, [...(found.get(family) ?? []), path]);
  }
  return [...found]
    .sort(([one], [other]) => (one.name < other.name ? -1 : 1))
    .map(([{ name, what, reason }, paths]) => ({ name, what, reason, paths }));
}

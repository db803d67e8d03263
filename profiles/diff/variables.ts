import { difference, intersection } from '../../landlock/access-set.js';
import type { Profile } from '../profile.js';
import type { Both } from './both.js';
import type { Difference } from './difference.js';
import type { Granting } from './granting.js';
import { literalsOf, sharedNames, type Values } from './spelling.js';

/**
 * Variables that have another value: the same templates then lie elsewhere, which is told once and
 * not for each of them. Only where that does make a difference.
 */
export function variableDifferences(
  profiles: Both<Profile>,
  values: Both<Values>,
  granting: Both<Granting>,
): readonly Difference[] {
  return sharedNames(values).flatMap((name) => {
    const [before = ''] = values.old.get(name) ?? [];
    const [after = ''] = values.next.get(name) ?? [];
    if (before === after) return [];
    const { old, next } = granting;
    const taken = differsBy(name, profiles.old, values.old, old, next);
    const granted = differsBy(name, profiles.next, values.next, next, old);
    const told = { kind: 'variable', name } as const;
    return [
      ...(taken ? [{ sign: 'taken', ...told, value: saidIn(profiles.old, name) } as const] : []),
      ...(granted
        ? [{ sign: 'granted', ...told, value: saidIn(profiles.next, name) } as const]
        : []),
    ];
  });
}

function saidIn({ variables }: Profile, name: string): string | null {
  const said = variables.find((variable) => variable.name === name);
  return said?.ambient === undefined ? (said?.values[0] ?? null) : null;
}

/** Whether a path with the variable is made beforehand, or has a right that the other denies. */
function differsBy(
  name: string,
  { paths, creations }: Profile,
  values: Values,
  own: Granting,
  other: Granting,
): boolean {
  const uses = (template: string) => template.includes(`\${${name}}`);
  if (creations.some(({ path }) => uses(path))) return true;
  const restricted = intersection(own.handledFs, other.handledFs);
  return paths
    .flatMap(({ parents }) => parents.filter(uses))
    .flatMap((template) => literalsOf(template, values))
    .some((path) => intersection(difference(own.at(path), other.at(path)), restricted) !== 0);
}

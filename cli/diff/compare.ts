import { dangerMapOf } from '../../inference/danger-map.js';
import type { Difference } from '../../profiles/diff/difference.js';
import { profileDifferences } from '../../profiles/diff/differences.js';
import { apartFromSurroundings } from '../../profiles/diff/surroundings.js';
import type { Profile } from '../../profiles/profile.js';
import { variablesOf } from '../../tracer/variables.js';

/** What two profiles differ in, weighed for our user and for those whom their variables name. */
export function compareProfiles(old: Profile, next: Profile): readonly Difference[] {
  const apart = apartFromSurroundings({ old, next });
  const environments = [apart.old, apart.next].map(environmentOf);
  return profileDifferences(old, next, dangerMapOf([variablesOf(process.env), ...environments]));
}

/** A learned variable has the name and the value that it had in the environment. */
function environmentOf({ variables }: Profile): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, values: [value] }) => (value === undefined ? [] : [[name, value]])),
  );
}

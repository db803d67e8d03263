import { dangerMapOf } from '../../inference/danger-map.js';
import type { Difference } from '../../profiles/diff/difference.js';
import { profileDifferences } from '../../profiles/diff/differences.js';
import type { Profile } from '../../profiles/profile.js';
import { variablesOf } from '../../tracer/variables.js';

/** What two profiles differ in, weighed for our user and for those whom their variables name. */
export function compareProfiles(old: Profile, next: Profile): readonly Difference[] {
  const environments = [old, next].map(environmentOf);
  return profileDifferences(old, next, dangerMapOf([variablesOf(process.env), ...environments]));
}

/** A learned variable has the name and the value that it had in the environment. */
function environmentOf({ variables }: Profile): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.flatMap(({ name, values: [value] }) => (value === undefined ? [] : [[name, value]])),
  );
}

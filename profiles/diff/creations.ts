import { comparePaths } from '../../landlock/hierarchy.js';
import type { Profile, ProfileCreation } from '../profile.js';
import type { Both } from './both.js';
import type { Difference, Sign } from './difference.js';
import { pointsOf, type Values } from './spelling.js';

/** What only one of the profiles makes beforehand, or with permissions that the other lacks. */
export function creationDifferences(
  profiles: Both<Profile>,
  values: Both<Values>,
): readonly Difference[] {
  const old = creationsOf(profiles.old, values.old, values);
  const next = creationsOf(profiles.next, values.next, values);
  return [...beyond('taken', old, next), ...beyond('granted', next, old)].sort((one, other) =>
    comparePaths(one.creation.path, other.creation.path),
  );
}

/** By what tells them apart. */
type Creations = ReadonlyMap<string, ProfileCreation>;

function creationsOf({ creations }: Profile, own: Values, values: Both<Values>): Creations {
  const found = new Map<string, ProfileCreation>();
  for (const creation of creations) {
    for (const { path, inOld, inNew } of pointsOf(creation.path, own, values)) {
      found.set(`${creation.kind}\0${inOld}\0${inNew}`, { ...creation, path });
    }
  }
  return found;
}

type CreationDifference = Extract<Difference, { kind: 'creation' }>;

function beyond(sign: Sign, own: Creations, other: Creations): readonly CreationDifference[] {
  return [...own]
    .filter(([key, { mode }]) => (mode & ~(other.get(key)?.mode ?? 0)) !== 0 || !other.has(key))
    .map(([, creation]) => ({ sign, kind: 'creation', creation }));
}

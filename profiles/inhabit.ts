import { type AmbientName, type AmbientVariables, ambientNames } from '../tracer/ambient-names.js';
import { whyUnfit } from './fitness.js';
import type { Profile, Variable } from './profile.js';
import { namesIn } from './templates.js';

/**
 * A profile where it is to be used: variables of the surroundings that its paths have, and that it
 * does not define, stand for what they are there. One that is unfit there stands for nothing, so
 * that its rules are left out.
 */
export function inhabited(profile: Profile, here: AmbientVariables): Profile {
  const fixed = profile.variables.filter(({ ambient }) => ambient === undefined);
  const defined = new Set(fixed.map(({ name }) => name));
  const used = usedNames(profile);
  const ambient = ambientNames
    .filter((name) => used.has(name) && !defined.has(name))
    .map((name) => ambientVariable(name, here));
  return { ...profile, variables: [...fixed, ...ambient] };
}

/** The names of the variables in a profile's paths. */
function usedNames({ paths, creations }: Profile): ReadonlySet<string> {
  const templates = [
    ...paths.flatMap(({ parents }) => parents),
    ...creations.map(({ path }) => path),
  ];
  return new Set(templates.flatMap(namesIn));
}

function ambientVariable(name: AmbientName, here: AmbientVariables): Variable {
  const value = here[name];
  if (value === undefined) return { name, values: [], ambient: { unfit: 'is not known here' } };
  const why = whyUnfit(name, here);
  if (why === undefined) return { name, values: [value], ambient: {} };
  return { name, values: [], ambient: { unfit: `is ${value} here, ${why}` } };
}

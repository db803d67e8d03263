import { type AmbientName, ambientNames } from '../../tracer/ambient.js';
import type { Profile, Variable } from '../profile.js';
import type { Both } from './both.js';

/**
 * Profiles whose variables of the surroundings are as far from each other as they may be, so that
 * what is compared differs for somebody, or is the same for everybody, whoever compares it. What one
 * of them leaves to the surroundings, the other does as well, unless it defines it.
 */
export function apartFromSurroundings({ old, next }: Both<Profile>): Both<Profile> {
  const used = new Set(
    [...old.variables, ...next.variables]
      .filter(({ ambient }) => ambient !== undefined)
      .map(({ name }) => name),
  );
  const ambient = ambientNames
    .filter((name) => used.has(name))
    .map((name) => ({ name, values: [usualPlaces[name]], ambient: {} }));
  return { old: withVariables(old, ambient), next: withVariables(next, ambient) };
}

function withVariables(profile: Profile, ambient: readonly Variable[]): Profile {
  const own = profile.variables.filter((variable) => variable.ambient === undefined);
  const defined = new Set(own.map(({ name }) => name));
  return { ...profile, variables: [...own, ...ambient.filter(({ name }) => !defined.has(name))] };
}

/** In a home lies what by default does. No place that there is is called so. */
const usualPlaces: Readonly<Record<AmbientName, string>> = {
  HOME: '/${HOME}',
  LOADER: '${LOADER}',
  MULTIARCH: '${MULTIARCH}',
  TMPDIR: '/${TMPDIR}',
  UID: '${UID}',
  WORKDIR: '/${WORKDIR}',
  XDG_CACHE_HOME: '/${HOME}/.cache',
  XDG_CONFIG_HOME: '/${HOME}/.config',
  XDG_DATA_HOME: '/${HOME}/.local/share',
  XDG_RUNTIME_DIR: '/${XDG_RUNTIME_DIR}',
  XDG_STATE_HOME: '/${HOME}/.local/state',
};

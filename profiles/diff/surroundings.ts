import { type AmbientName, ambientNames } from '../../tracer/ambient-names.js';
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

/** In a home lies what by default does. No path has these, which stand for no bytes. */
const usualPlaces: Readonly<Record<AmbientName, string>> = {
  HOME: '/\ud800HOME',
  LOADER: '\ud800LOADER',
  MULTIARCH: '\ud800MULTIARCH',
  TMPDIR: '/\ud800TMPDIR',
  UID: '\ud800UID',
  WORKDIR: '/\ud800WORKDIR',
  XDG_CACHE_HOME: '/\ud800HOME/.cache',
  XDG_CONFIG_HOME: '/\ud800HOME/.config',
  XDG_DATA_HOME: '/\ud800HOME/.local/share',
  XDG_RUNTIME_DIR: '/\ud800XDG_RUNTIME_DIR',
  XDG_STATE_HOME: '/\ud800HOME/.local/state',
};

/** For people: `${HOME}/x`, where one of these stands in a path. */
export function spelledForPeople(path: string): string {
  return path.replace(/^\/\ud800(\w+)|\ud800(\w+)/g, (_, first, inner) => `\${${first ?? inner}}`);
}

import { GuardedPlaces } from '../inference/guarded.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { AmbientName, AmbientVariables } from '../tracer/ambient-names.js';

/**
 * Why what a variable stands for is no place to lay rules on that were learned elsewhere: a profile
 * learned in a project's directory must not open a home because it is enforced there. Undefined
 * where it is one.
 */
export function whyUnfit(name: AmbientName, variables: AmbientVariables): string | undefined {
  const value = variables[name];
  if (value === undefined || unplaced.has(name)) return undefined;
  if (name === 'TMPDIR' && temporaryPlaces.has(value)) return undefined;
  const { HOME: home } = variables;
  if (isOfSystem(value)) return 'a place of the system';
  if (name === 'HOME') return sharedPlaces.has(value) ? 'a place that is shared' : undefined;
  if (home !== undefined && value === home) return 'the home directory';
  if (home !== undefined && isBeneath(home, value)) return 'above the home directory';
  if (name.startsWith('XDG_'))
    return sharedPlaces.has(value) ? 'a place that is shared' : undefined;
  const guarded = new GuardedPlaces([directoriesOf(variables)]).at(value);
  if (guarded !== undefined) return guarded;
  return sharedPlaces.has(value) ? 'a place that is shared' : undefined;
}

/** Those that are no places, and those that are fit ones. */
export function fitOf(variables: AmbientVariables): AmbientVariables {
  const names = Object.keys(variables) as AmbientName[];
  return Object.fromEntries(
    names
      .filter((name) => whyUnfit(name, variables) === undefined)
      .map((name) => [name, variables[name]]),
  );
}

/** Where everybody's temporary files are: rules are laid on all of it, or on what has a name there. */
export const temporaryPlaces: ReadonlySet<string> = new Set(['/tmp', '/var/tmp', '/dev/shm']);

/** They stand for no directory. */
const unplaced: ReadonlySet<AmbientName> = new Set(['LOADER', 'MULTIARCH', 'UID']);

const systemPlaces: readonly string[] = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/libx32', '/proc', '/sbin'],
  ...['/sys', '/usr'],
];

const sharedPlaces: ReadonlySet<string> = new Set([
  ...['/home', '/media', '/mnt', '/opt', '/run', '/run/user', '/srv', '/var', '/var/lib'],
  ...temporaryPlaces,
]);

function isOfSystem(path: string): boolean {
  if (path === '/') return true;
  return systemPlaces.some((place) => isBeneath(path, place)) && !isBeneath(path, '/dev/shm');
}

function directoriesOf(variables: AmbientVariables): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => name !== 'WORKDIR' && name !== 'TMPDIR'),
  );
}

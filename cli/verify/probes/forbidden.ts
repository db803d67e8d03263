import { DangerMap } from '../../../inference/danger-map.js';
import type { Danger } from '../../../inference/dangers/danger.js';
import { secrets } from '../../../inference/dangers/secrets.js';
import { Homes } from '../../../inference/homes.js';
import { Globs, type PathGlob } from '../../../inference/path-glob.js';
import { isBeneath } from '../../../landlock/hierarchy.js';
import type { PlacedProfile } from '../../../profiles/placed.js';
import { pathsBeneath, pathsLike } from './find-paths.js';
import type { Forbidden } from './probe.js';

type ForbiddenPath = Forbidden & { readonly kind: 'path' };

/**
 * The places where secrets are usually kept, of everybody who has a home here, whether or not
 * anything is there: what grave harm may come of when it is read.
 */
export function secretPlaces(
  environment: Readonly<Record<string, string>>,
  profile: PlacedProfile,
): readonly ForbiddenPath[] {
  const homes = new Homes([environment]);
  const map = new DangerMap([environment]);
  const patterns = secrets.filter(isGrave).flatMap(({ places }) => places.filter(isSomewhere));
  const places = patterns.flatMap((place) => homes.expand(place)).flatMap(pathsLike);
  const found = new Map<string, ForbiddenPath>();
  for (const path of places.flatMap((place) => [place, ...beneath(place, profile)])) {
    const danger = map.at(path, 'read')?.danger;
    if (danger === undefined || !isGrave(danger)) continue;
    const { what, reason, severity } = danger;
    const by = { kind: 'secret', what, reason, severity } as const;
    found.set(path, { kind: 'path', path, rights: ['read_file'], by });
  }
  return [...found.values()];
}

/** What of the disk and of the profile's rules a glob of the user's holds. */
export function wishedPaths(glob: PathGlob, profile: PlacedProfile): readonly ForbiddenPath[] {
  const { pattern, source } = glob;
  const globs = new Globs([glob]);
  const literal = !/[*?[\]{}()!+@\\]/.test(pattern);
  const base = literal ? pattern : pattern.replace(/\/[^/]*[*?[\]{}()!+@\\].*$/, '') || '/';
  const own = literal ? [pattern] : pathsBeneath(base, mostSearched);
  const ruled = profile.paths.map(({ place }) => place.path);
  const paths = [...own, ...ruled].filter((path) => globs.at(path) !== undefined);
  const all = paths.flatMap((path) => [path, ...beneath(path, profile)]);
  return [...new Set(all)].slice(0, mostProbed).map((path) => ({
    kind: 'path',
    path,
    rights: undefined,
    by: { kind: 'must-deny', wish: source },
  }));
}

/** So many names are looked at for a glob. */
const mostSearched = 100_000;
/** So many paths that a glob holds are tried. */
const mostProbed = 1_000;
/** So many of what a place holds are tried one by one. */
const mostBeneath = 64;

function isGrave({ severity }: Danger): boolean {
  return severity !== null && severity !== 'low';
}

/** What may be in any directory is not looked for, and processes come and go. */
function isSomewhere(place: string): boolean {
  return !place.startsWith('**') && !place.startsWith('/proc/');
}

/** Who names a directory means all of it: some of what is there, and all that rules lie on. */
function beneath(place: string, { paths }: PlacedProfile): readonly string[] {
  const ruled = paths
    .map((rule) => rule.place.path)
    .filter((path) => path !== place && isBeneath(path, place));
  return [...ruled, ...pathsBeneath(place, mostBeneath)];
}

import { DangerMap } from '../../../inference/danger-map.js';
import type { Danger } from '../../../inference/dangers/danger.js';
import { secrets } from '../../../inference/dangers/secrets.js';
import { Homes } from '../../../inference/homes.js';
import { Globs, type PathGlob } from '../../../inference/path-glob.js';
import { isBeneath } from '../../../landlock/hierarchy.js';
import type { PlacedProfile } from '../../../profiles/placed.js';
import { followPath } from '../../../tracer/disk-view.js';
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

/** What a wish of the user's is about. */
export interface Wished {
  readonly paths: readonly ForbiddenPath[];
  /** Whether all was looked at that it may hold. */
  readonly complete: boolean;
}

/**
 * What of the disk and of the profile's rules a glob of the user's holds. One that may hold
 * anything anywhere is looked for where rules lie, since nothing else can be allowed, and in the
 * working directory.
 */
export function wishedPaths(glob: PathGlob, profile: PlacedProfile, directory: string): Wished {
  const { pattern, source } = glob;
  const globs = new Globs([glob]);
  const own = isLiteral(pattern)
    ? [{ paths: [pattern], complete: true }]
    : basesOf(pattern, profile, directory).map((base) => pathsBeneath(base, mostSearched));
  const ruled = profile.paths.map(({ place }) => place.path);
  const paths = [...own.flatMap((one) => one.paths), ...ruled].filter((path) => globs.at(path));
  const all = new Set(paths.flatMap((path) => [path, ...beneath(path, profile)]));
  return {
    paths: [...all].slice(0, mostProbed).map((path) => ({
      ...{ kind: 'path', path, rights: undefined },
      by: { kind: 'must-deny', wish: source },
    })),
    complete: all.size <= mostProbed && own.every(({ complete }) => complete),
  };
}

function isLiteral(pattern: string): boolean {
  return !special.test(pattern);
}

/** The directories whose names are looked through for a glob. */
function basesOf(pattern: string, { paths }: PlacedProfile, directory: string): readonly string[] {
  const base = pattern.slice(0, pattern.search(special)).replace(/\/[^/]*$/, '');
  if (base !== '') return [base];
  const ruled = paths
    .filter(({ place }) => place.type === 'directory')
    .map(({ place }) => place.path);
  return [...new Set([directory, ...ruled])].filter((one) => one !== '');
}

const special = /[*?[\]{}()!+@\\]/;

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

/**
 * Who names a directory means all of it: some of what is there, and all that rules lie on. A symlink
 * to a directory is another name of all that.
 */
function beneath(place: string, { paths }: PlacedProfile): readonly string[] {
  const { path: real } = followPath(place);
  const ruled = paths
    .map((rule) => rule.place.path)
    .filter((path) => path !== real && isBeneath(path, real))
    .map((path) => `${place}${path.slice(real === '/' ? 0 : real.length)}`);
  return [...ruled, ...pathsBeneath(place, mostBeneath).paths];
}

import type { DangerMap } from '../../inference/danger-map.js';
import { grantSeverity } from '../../inference/grant-severity.js';
import {
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  isSubset,
  union,
} from '../../landlock/access-set.js';
import { comparePaths, hierarchiesOf, isBeneath, parentOf } from '../../landlock/hierarchy.js';
import type { Profile } from '../profile.js';
import type { Both } from './both.js';
import type { Difference, Sign } from './difference.js';
import type { Granting } from './granting.js';
import { type Point, pointsOf, type Values } from './spelling.js';

/**
 * Rights on hierarchies that only one profile grants, each on the highest hierarchy of which that
 * is so. What a profile grants changes at its rules alone, so that looking there is enough.
 */
export function pathDifferences(
  profiles: Both<Profile>,
  values: Both<Values>,
  granting: Both<Granting>,
  dangers: DangerMap,
): readonly Difference[] {
  const points = pointsOfRules(profiles, values);
  const restricted = intersection(granting.old.handledFs, granting.next.handledFs);
  const found = (['taken', 'granted'] as const).flatMap((sign) =>
    onlyInOne(
      sign,
      points.map((point) => seenAs(sign, point, granting, restricted)),
      dangers,
    ),
  );
  return found.sort((one, other) => comparePaths(one.path, other.path));
}

function pointsOfRules({ old, next }: Both<Profile>, values: Both<Values>): readonly Point[] {
  const points = new Map<string, Point>();
  const add = (profile: Profile, own: Values) => {
    for (const template of profile.paths.flatMap(({ parents }) => parents)) {
      for (const point of pointsOf(template, own, values)) {
        points.set(`${point.inOld}\0${point.inNew}`, point);
      }
    }
  };
  add(old, values.old);
  add(next, values.next);
  return [...points.values()];
}

/** A point as the profile that may grant more sees it. */
interface Site {
  readonly path: string;
  readonly literal: string;
  /** What that profile grants there, and what the other does. */
  readonly own: FsAccess;
  readonly other: FsAccess;
}

function seenAs(sign: Sign, point: Point, { old, next }: Both<Granting>, of: FsAccess): Site {
  const before = intersection(old.at(point.inOld), of);
  const after = intersection(next.at(point.inNew), of);
  const { path, inOld, inNew } = point;
  return sign === 'granted'
    ? { path, literal: inNew, own: after, other: before }
    : { path, literal: inOld, own: before, other: after };
}

type PathDifference = Extract<Difference, { kind: 'path' }>;

function onlyInOne(sign: Sign, unsorted: readonly Site[], dangers: DangerMap): PathDifference[] {
  const sites = [...unsorted].sort((one, other) => comparePaths(one.literal, other.literal));
  const told = new Map<string, FsAccess>();
  return sites.flatMap(({ path, literal, own, other }, index) => {
    const access = difference(difference(own, other), above(told, literal));
    if (access === 0) return [];
    told.set(literal, union(told.get(literal) ?? fsAccess(), access));
    const severity = grantSeverity(literal, access, dangers);
    const except = exceptions(sites, index, access);
    return [{ sign, kind: 'path', path, access, severity, except }];
  });
}

/** What was told of the hierarchies that hold a path. */
function above(told: ReadonlyMap<string, FsAccess>, literal: string): FsAccess {
  let access = fsAccess();
  if (literal === '/') return access;
  for (const hierarchy of hierarchiesOf(parentOf(literal))) {
    access = union(access, told.get(hierarchy) ?? fsAccess());
  }
  return access;
}

/** The highest hierarchies beneath on which both profiles grant it all. */
function exceptions(sites: readonly Site[], index: number, access: FsAccess): readonly string[] {
  const holder = sites[index]?.literal ?? '/';
  const found: Site[] = [];
  for (let at = index + 1; at < sites.length; at++) {
    const site = sites[at];
    // Sorted so that what a directory holds follows it at once.
    if (site === undefined || !isBeneath(site.literal, holder)) break;
    const last = found.at(-1);
    if (last !== undefined && isBeneath(site.literal, last.literal)) continue;
    if (isSubset(access, site.other)) found.push(site);
  }
  return found.map(({ path }) => path);
}

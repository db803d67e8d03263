import { parentOf } from '../landlock/hierarchy.js';
import type { Census } from './census.js';
import type { GuardedPlaces } from './guarded.js';
import type { Creation, Why } from './inference.js';
import type { PathNeed } from './needs.js';

/** A need, and the hierarchy that a rule for it can lie on when it is enforced. */
export interface GroundedNeed extends PathNeed {
  readonly holder: string;
  readonly holderIsDirectory: boolean;
}

export interface Ground {
  readonly needs: readonly GroundedNeed[];
  readonly creations: readonly Creation[];
  readonly holderOf: (path: string) => string;
}

/**
 * Puts every need on what will exist when the ruleset is enforced. A rule is tied to an inode, so
 * what the run made, removed or replaced cannot carry one: the nearest directory above does. Where
 * that one is guarded, what the run made is created beforehand instead, wherever that helps.
 */
export function ground(
  needs: readonly PathNeed[],
  census: Census,
  guarded: GuardedPlaces,
  unmakeable: ReadonlySet<string>,
): Ground {
  const creations = new Map<string, Creation>();
  for (const path of new Set(needs.flatMap(({ path, makes }) => [path, makes ?? path]))) {
    for (const creation of creationsFor(path, census, guarded, unmakeable)) {
      creations.set(creation.path, creation);
    }
  }
  const holderOf = (path: string) => holder(path, census, creations);
  const grounded = needs
    .filter((need) => need.makes === undefined || !creations.has(need.makes))
    .map((need) => placed(need, holderOf(need.path)));
  return { needs: grounded, creations: [...creations.values()], holderOf };
}

/** What to create so that no rule for `path` need lie on a guarded place above; often nothing. */
function creationsFor(
  path: string,
  census: Census,
  guarded: GuardedPlaces,
  unmakeable: ReadonlySet<string>,
): readonly Creation[] {
  const made: Creation[] = [];
  for (const part of partsFrom(census.unsteadyPart(path), path)) {
    if (guarded.at(parentOf(part)) === undefined) break;
    const creation = unmakeable.has(part) ? undefined : creationOf(part, census);
    if (creation === undefined) break;
    made.push(creation);
  }
  return made;
}

/** The path's parts from `first` down to the path itself; none without a first. */
function partsFrom(first: string | undefined, path: string): readonly string[] {
  if (first === undefined) return [];
  const parts = [path];
  for (let part = path; part !== first; ) {
    part = parentOf(part);
    parts.unshift(part);
  }
  return parts;
}

function creationOf(path: string, census: Census): Creation | undefined {
  if (!census.isNew(path)) return undefined;
  const type = census.leftAs(path);
  if (type !== 'directory' && type !== 'regular') return undefined;
  return { path, kind: type === 'directory' ? 'directory' : 'file', mode: census.mode(path) };
}

function holder(path: string, census: Census, creations: ReadonlyMap<string, Creation>): string {
  let held = census.steadyHierarchy(path);
  for (const part of partsFrom(census.unsteadyPart(path), path)) {
    if (!creations.has(part)) break;
    held = part;
  }
  return held;
}

function placed(need: PathNeed, held: string): GroundedNeed {
  if (held === need.path) {
    return { ...need, holder: held, holderIsDirectory: need.directory };
  }
  const why: Why = need.why === 'observed' ? 'lifted' : need.why;
  return { ...need, why, holder: held, holderIsDirectory: true };
}

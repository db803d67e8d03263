import {
  accessNames,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  type NetAccess,
  netAccess,
  union,
} from '../landlock/access-set.js';
import { comparePaths, hierarchiesOf, parentOf } from '../landlock/hierarchy.js';
import type { Profile } from './profile.js';
import { resolveProfile } from './resolve.js';

/** Something that one profile says otherwise than another, in rights on a thing. */
export interface Change {
  /** A hierarchy, a port, `scoped`, or what is handled or created. */
  readonly on: string;
  readonly kind: 'path' | 'port' | 'scope' | 'handled' | 'creation';
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Rights of these that a rule further up grants, before or after: nothing comes of the change. */
  readonly still: readonly string[];
}

/**
 * What changes from one profile to another, whatever the order and the tables of their rules.
 *
 * @throws ProfileError for a variable that one of them does not define.
 */
export function profileDifference(before: Profile, after: Profile): readonly Change[] {
  const [old, now] = [rightsOf(before), rightsOf(after)];
  return [
    ...handledChanges(before, after),
    ...pathChanges(old.paths, now.paths),
    ...portChanges(old.ports, now.ports),
    ...change(
      'scope',
      'scoped',
      accessNames('scope', before.scoped),
      accessNames('scope', after.scoped),
    ),
    ...creationChanges(old.creations, now.creations),
  ];
}

interface Rights {
  readonly paths: ReadonlyMap<string, FsAccess>;
  readonly ports: ReadonlyMap<number, NetAccess>;
  readonly creations: ReadonlySet<string>;
}

function rightsOf(profile: Profile): Rights {
  const { ruleset, creations } = resolveProfile(profile, 'the profile');
  const paths = new Map<string, FsAccess>();
  for (const { path, access } of ruleset.paths) {
    paths.set(path, union(paths.get(path) ?? fsAccess(), access));
  }
  const ports = new Map<number, NetAccess>();
  for (const { port, access } of ruleset.ports) {
    ports.set(port, union(ports.get(port) ?? netAccess(), access));
  }
  return { paths, ports, creations: new Set(creations.map(({ path }) => path)) };
}

function handledChanges(before: Profile, after: Profile): readonly Change[] {
  return [
    ...change(
      'handled',
      'files',
      accessNames('fs', before.handledFs),
      accessNames('fs', after.handledFs),
    ),
    ...change(
      'handled',
      'network',
      accessNames('net', before.handledNet),
      accessNames('net', after.handledNet),
    ),
  ];
}

function pathChanges(
  old: ReadonlyMap<string, FsAccess>,
  now: ReadonlyMap<string, FsAccess>,
): readonly Change[] {
  return [...new Set([...old.keys(), ...now.keys()])].sort(comparePaths).flatMap((path) => {
    const had = old.get(path) ?? fsAccess();
    const has = now.get(path) ?? fsAccess();
    if (had === has) return [];
    const added = difference(has, had);
    const removed = difference(had, has);
    const still = union(
      intersection(added, grantedAbove(old, path)),
      intersection(removed, grantedAbove(now, path)),
    );
    const texts = [added, removed, still].map((access) => accessNames('fs', access));
    const [more = [], less = [], same = []] = texts;
    return [{ on: path, kind: 'path' as const, added: more, removed: less, still: same }];
  });
}

function portChanges(
  old: ReadonlyMap<number, NetAccess>,
  now: ReadonlyMap<number, NetAccess>,
): readonly Change[] {
  const ports = [...new Set([...old.keys(), ...now.keys()])].sort((one, other) => one - other);
  return ports.flatMap((port) =>
    change(
      'port',
      `port ${port}`,
      accessNames('net', old.get(port) ?? netAccess()),
      accessNames('net', now.get(port) ?? netAccess()),
    ),
  );
}

function creationChanges(old: ReadonlySet<string>, now: ReadonlySet<string>): readonly Change[] {
  return [...new Set([...old, ...now])]
    .sort(comparePaths)
    .flatMap((path) =>
      change('creation', path, old.has(path) ? ['made'] : [], now.has(path) ? ['made'] : []),
    );
}

function change(
  kind: Change['kind'],
  on: string,
  old: readonly string[],
  now: readonly string[],
): readonly Change[] {
  const added = now.filter((name) => !old.includes(name));
  const removed = old.filter((name) => !now.includes(name));
  if (added.length + removed.length === 0) return [];
  return [{ on, kind, added, removed, still: [] }];
}

function grantedAbove(rules: ReadonlyMap<string, FsAccess>, path: string): FsAccess {
  let granted = fsAccess();
  if (path === '/') return granted;
  for (const above of hierarchiesOf(parentOf(path))) {
    granted = union(granted, rules.get(above) ?? fsAccess());
  }
  return granted;
}

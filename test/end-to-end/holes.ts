import { readFileSync } from 'node:fs';
import {
  type AccessSet,
  accessNames,
  fsAccess,
  isRightOf,
  netAccess,
} from '../../landlock/access-set.js';
import type { Profile } from '../../profiles/profile.js';
import { readToml } from '../../profiles/read-toml.js';
import { escapeTemplate } from '../../profiles/templates.js';
import type { Refused } from './refused.js';

/** A path or a port of one of a profile's rules, to be taken away. */
export interface Hole {
  readonly where: string;
  /** As the kernel's audit spells them. */
  readonly rights: readonly string[];
  /** The rule's place among those of its kind. */
  readonly rule: number;
}

export function readProfile(file: string): Profile {
  return readToml(readFileSync(file, 'utf8'), file);
}

export function holesIn({ paths, ports }: Profile): readonly Hole[] {
  return [
    ...paths.flatMap(({ parents, access }, rule) =>
      parents.map((where) => ({ where, rule, rights: spelled('fs', access) })),
    ),
    ...ports.flatMap(({ ports: numbers, access }, rule) =>
      numbers.map((port) => ({ where: String(port), rule, rights: spelled('net', access) })),
    ),
  ];
}

export function withHole(profile: Profile, { where, rule }: Hole): Profile {
  const isPath = !/^\d+$/.test(where);
  return {
    ...profile,
    paths: profile.paths
      .map((one, at) => {
        const holed = isPath && at === rule;
        return holed ? { ...one, parents: one.parents.filter((path) => path !== where) } : one;
      })
      .filter(({ parents }) => parents.length > 0),
    ports: profile.ports.filter((_, at) => isPath || at !== rule),
  };
}

/** A profile with a rule for what was refused, where there can be one. */
export function granting(profile: Profile, { where, right }: Refused): Profile {
  const [accessClass, name = ''] = right.split('.');
  if (accessClass === 'fs' && isRightOf('fs', name)) {
    const rule = { parents: [escapeTemplate(where)], access: fsAccess(name), reasons: [] };
    return { ...profile, paths: [...profile.paths, rule] };
  }
  if (accessClass === 'net' && isRightOf('net', name)) {
    const rule = { ports: [Number(where)], access: netAccess(name), reasons: [] };
    return { ...profile, ports: [...profile.ports, rule] };
  }
  return profile;
}

function spelled<Class extends 'fs' | 'net'>(
  accessClass: Class,
  access: AccessSet<Class>,
): readonly string[] {
  return accessNames(accessClass, access).map((name) => `${accessClass}.${name}`);
}

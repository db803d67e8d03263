import type { FsAccess, NetAccess } from '../../landlock/access-set.js';
import type { PlacedPath, PlacedProfile } from '../../profiles/placed.js';
import type { RuleSource } from '../../profiles/profile.js';

/**
 * What a profile grants at one of the places that it spells: a path, with all that its variables
 * stand for, or a port.
 */
export type Grant = PathGrants | PortGrants;

export interface PathGrants {
  readonly kind: 'path';
  /** As the profile spells it. */
  readonly spelt: string;
  readonly access: FsAccess;
  readonly places: readonly PlacedPath[];
  readonly source: RuleSource | undefined;
}

export interface PortGrants {
  readonly kind: 'port';
  readonly port: number;
  readonly access: NetAccess;
  readonly source: RuleSource | undefined;
}

/** All that a profile grants, place by place. */
export function grantsOf({ paths, ports }: PlacedProfile): readonly Grant[] {
  const bySpelling = new Map<string, PlacedPath[]>();
  for (const [at, place] of paths.entries()) {
    const key = place.source === undefined ? String(at) : grantKey(place.source, place.template);
    bySpelling.set(key, [...(bySpelling.get(key) ?? []), place]);
  }
  return [
    ...[...bySpelling.values()].map((places): Grant => {
      const [{ template = '', access = 0, source } = {}] = places;
      return { kind: 'path', spelt: template, access: access as FsAccess, places, source };
    }),
    ...ports.map(({ port, access, source }): Grant => ({ kind: 'port', port, access, source })),
  ];
}

/** What tells a place of a rule from all others that have a line of their own. */
export function grantKey(source: RuleSource | undefined, spelt: string | number): string {
  return JSON.stringify([source?.file, source?.line, spelt]);
}

import type { Inference, PathRule } from '../../inference/inference.js';
import { accessNames, accessSet, intersection, isRightOf } from '../../landlock/access-set.js';
import type { Denial } from '../../landlock/denial.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import { type PathGrant, rulesOnTheWay } from '../../profiles/explain.js';
import { placeAt } from '../../profiles/place.js';
import type { PlacedProfile } from '../../profiles/placed.js';

/** The smallest change to a profile that would allow what was denied. */
export type Remedy =
  | { readonly kind: 'path'; readonly path: string; readonly access: readonly string[] }
  | { readonly kind: 'port'; readonly port: number; readonly access: readonly string[] }
  /** No rule makes an exception from a scope. */
  | { readonly kind: 'unscope'; readonly scope: string }
  | { readonly kind: 'none' };

/** @param lack - what the profile lacks of the whole run. */
export function remedyFor({ object, blockers }: Denial, lack: Inference): Remedy {
  switch (object.kind) {
    case 'path': {
      const rule = lack.paths.findLast((one) => serves(one, object.path, blockers));
      if (rule === undefined) return { kind: 'none' };
      const blocked = intersection(rule.access, blockedAccess(blockers));
      return { kind: 'path', path: rule.path, access: accessNames('fs', blocked) };
    }
    case 'port': {
      const rule = lack.ports.find(({ port }) => port === object.port);
      if (rule === undefined) return { kind: 'none' };
      return { kind: 'port', port: rule.port, access: accessNames('net', rule.access) };
    }
    case 'abstract-socket':
    case 'process': {
      const scope = blockers.find((blocker) => blocker.startsWith('scope.'))?.slice(6);
      return scope === undefined ? { kind: 'none' } : { kind: 'unscope', scope };
    }
  }
}

/** The rule that is met first on the way up, which grants something else. */
export function nearestRule({ object }: Denial, profile: PlacedProfile): PathGrant | undefined {
  if (object.kind !== 'path') return undefined;
  return rulesOnTheWay(profile, placeAt(object.path, profile.creations))[0];
}

function serves({ path, access }: PathRule, denied: string, blockers: readonly string[]): boolean {
  return isBeneath(denied, path) && intersection(access, blockedAccess(blockers)) !== 0;
}

function blockedAccess(blockers: readonly string[]) {
  const names = blockers.map((blocker) => blocker.replace(/^fs\./, ''));
  return accessSet(
    'fs',
    names.filter((name) => isRightOf('fs', name)),
  );
}

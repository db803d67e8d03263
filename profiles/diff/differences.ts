import type { DangerMap } from '../../inference/danger-map.js';
import {
  accessNames,
  difference,
  intersection,
  type NetAccess,
  type Scopes,
} from '../../landlock/access-set.js';
import type { Profile } from '../profile.js';
import type { Both } from './both.js';
import { creationDifferences } from './creations.js';
import type { Difference, Sign } from './difference.js';
import { Granting } from './granting.js';
import { pathDifferences } from './paths.js';
import { valuesOf } from './spelling.js';
import { apartFromSurroundings } from './surroundings.js';
import { variableDifferences } from './variables.js';

/**
 * What one profile allows and the other does not. A rule that another covers makes no difference,
 * nor do reasons, the order or the spelling of rules. Paths are compared by their names: where
 * symlinks lead is not looked up, and variables of the surroundings are what they are for anybody.
 *
 * @param dangers - by which what is granted or taken is weighed.
 */
export function profileDifferences(
  old: Profile,
  next: Profile,
  dangers: DangerMap,
): readonly Difference[] {
  const profiles = apartFromSurroundings({ old, next });
  const values = { old: valuesOf(profiles.old), next: valuesOf(profiles.next) };
  const granting = {
    old: new Granting(profiles.old, values.old),
    next: new Granting(profiles.next, values.next),
  };
  return [
    ...pathDifferences(profiles, values, granting, dangers),
    ...portDifferences(granting),
    ...variableDifferences(profiles, values, granting),
    ...creationDifferences(profiles, values),
    ...restrictionDifferences(granting),
    ...scopeDifferences('granted', difference(old.scoped, next.scoped)),
    ...scopeDifferences('taken', difference(next.scoped, old.scoped)),
  ];
}

function portDifferences({ old, next }: Both<Granting>): readonly Difference[] {
  const restricted = intersection(old.handledNet, next.handledNet);
  const ports = [...new Set([...old.ports, ...next.ports])].sort((one, other) => one - other);
  return ports.flatMap((port) => {
    const before = intersection(old.atPort(port), restricted);
    const after = intersection(next.atPort(port), restricted);
    return [
      ...portDifference('taken', port, difference(before, after)),
      ...portDifference('granted', port, difference(after, before)),
    ];
  });
}

function portDifference(sign: Sign, port: number, access: NetAccess): readonly Difference[] {
  return access === 0 ? [] : [{ sign, kind: 'port', port, access }];
}

function restrictionDifferences({ old, next }: Both<Granting>): readonly Difference[] {
  return [
    ...unrestricted('granted', rightsFreed(old, next)),
    ...unrestricted('taken', rightsFreed(next, old)),
  ];
}

/** What the one restricts somewhere and the other nowhere. Mounting goes with any right on files. */
function rightsFreed(one: Granting, other: Granting): readonly string[] {
  const fs = difference(one.restrictedFs, other.handledFs);
  const net = difference(one.handledNet, other.handledNet);
  const topology = one.handledFs !== 0 && other.handledFs === 0 ? ['fs.change_topology'] : [];
  return [
    ...accessNames('fs', fs).map((name) => `fs.${name}`),
    ...topology,
    ...accessNames('net', net).map((name) => `net.${name}`),
  ];
}

function unrestricted(sign: Sign, rights: readonly string[]): readonly Difference[] {
  return rights.length === 0 ? [] : [{ sign, kind: 'unrestricted', rights }];
}

function scopeDifferences(sign: Sign, scopes: Scopes): readonly Difference[] {
  return accessNames('scope', scopes).map((scope) => ({ sign, kind: 'unscoped', scope }));
}

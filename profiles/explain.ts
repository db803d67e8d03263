import type { FsRight, NetRight } from '../landlock/abi.js';
import { fsAccess, netAccess } from '../landlock/access-set.js';
import type { Hierarchy, Place } from './place.js';
import type { PlacedPath, PlacedPort, PlacedProfile } from './placed.js';

/** Whether a domain grants a right, and why. */
export interface Answer<Right extends string, Grant> {
  readonly right: Right;
  readonly granted: boolean;
  /** What each layer says, the oldest first; all have to grant. */
  readonly layers: readonly LayerAnswer<Grant>[];
}

export interface LayerAnswer<Grant> {
  readonly profile: string;
  /** A right that a layer does not handle is not restricted by it. */
  readonly handled: boolean;
  readonly granted: boolean;
  readonly grants: readonly Grant[];
}

/** A rule that was met on the way up from what was asked about. */
export interface PathGrant {
  readonly rule: PlacedPath;
  /** The directory on the way, or the thing itself, that the rule lies on. */
  readonly hierarchy: string;
  /** How many directories above what was asked about. */
  readonly above: number;
}

export type PathAnswer = Answer<FsRight, PathGrant>;
export type PortAnswer = Answer<NetRight, PlacedPort>;

/** Who grants a right at a place, in a domain of these layers. */
export function explainPath(
  layers: readonly PlacedProfile[],
  place: Place,
  right: FsRight,
): PathAnswer {
  const asked = fsAccess(right);
  return answer(
    right,
    layers.map((layer) => ({
      profile: layer.file,
      handled: (layer.handledFs & asked) !== 0,
      grants: rulesOnTheWay(layer, place).filter(({ rule }) => (rule.access & asked) !== 0),
    })),
  );
}

/** Who grants a right on a port. */
export function explainPort(
  layers: readonly PlacedProfile[],
  port: number,
  right: NetRight,
): PortAnswer {
  const asked = netAccess(right);
  return answer(
    right,
    layers.map((layer) => ({
      profile: layer.file,
      handled: (layer.handledNet & asked) !== 0,
      grants: layer.ports.filter((rule) => rule.port === port && (rule.access & asked) !== 0),
    })),
  );
}

/** The rules that the kernel meets as it walks from a place up to the root. */
export function rulesOnTheWay(layer: PlacedProfile, place: Place): readonly PathGrant[] {
  return place.hierarchies.flatMap((hierarchy, above) =>
    layer.paths
      .filter((rule) => liesOn(rule, hierarchy))
      .map((rule) => ({ rule, hierarchy: hierarchy.path, above })),
  );
}

function answer<Right extends string, Grant>(
  right: Right,
  layers: readonly Omit<LayerAnswer<Grant>, 'granted'>[],
): Answer<Right, Grant> {
  const answers = layers.map((layer) => ({
    ...layer,
    granted: !layer.handled || layer.grants.length > 0,
  }));
  return { right, granted: answers.every(({ granted }) => granted), layers: answers };
}

/** By the inode and not by the name, as the kernel has it. */
function liesOn({ identity }: PlacedPath, hierarchy: Hierarchy): boolean {
  return identity !== undefined && identity === hierarchy.identity;
}

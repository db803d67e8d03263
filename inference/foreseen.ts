import { allAccess, type FsAccess, fsAccess, intersection, union } from '../landlock/access-set.js';
import type { AbstractionMap, FamilyPlace } from './abstraction-map.js';
import type { Census } from './census.js';
import type { PathNeed } from './needs.js';
import type { PathNode } from './path-tree.js';

/** Whether rights may be given on a hierarchy or a file that no run used so. */
export type MayGrant = (node: PathNode, access: FsAccess) => boolean;

/** What no run showed and the next one may need. */
export interface Foreseen {
  readonly needs: readonly PathNeed[];
  /** On hierarchies that no run met: only where they are found on the disk. */
  readonly ifThere: readonly PathNeed[];
}

/**
 * What no run showed and the next one may need, as families of paths tell it: all of a collection of
 * which a file was read, every way to use a device that holds nothing, and what the programs of a
 * family use sooner or later. What was used otherwise than the family says, foretells nothing.
 *
 * @param abi - rights that it does not know are not asked.
 * @param mayGrant - what is refused here is not foreseen.
 */
export function foreseenNeeds(
  needs: readonly PathNeed[],
  census: Census,
  families: AbstractionMap,
  abi: number,
  mayGrant: MayGrant,
): Foreseen {
  const found = { needs: [] as PathNeed[], ifThere: [] as PathNeed[] };
  const known = allAccess('fs', abi);
  const needOf = (node: PathNode, place: FamilyPlace, { use }: PathNeed, directory: boolean) => {
    const access = intersection(place.access, known);
    if (!mayGrant(node, access)) return [];
    return [{ node, directory, access, use, why: 'foreseen', makes: undefined } as const];
  };
  for (const [node, { access, uses }] of membersOf(needs, census, families)) {
    const place = families.foreseenAt(node.path, access);
    if (place === undefined) continue;
    const holder = upTo(place.path, node);
    const beside = place.beside.filter((path) => path !== holder.path);
    for (const use of uses) {
      found.needs.push(...needOf(holder, place, use, holder !== node));
      for (const path of beside) {
        found.ifThere.push(...needOf(census.tree.at(path), place, use, true));
      }
    }
  }
  for (const need of needs) {
    if (intersection(need.access, execution) === 0) continue;
    for (const path of families.broughtBy(need.node.path)) {
      const place = families.foreseenAt(path, fsAccess());
      if (place !== undefined)
        found.needs.push(...needOf(census.tree.at(path), place, need, false));
    }
  }
  return found;
}

const execution = fsAccess('execute');

/** All that a path was used for, and the uses that are such as the family's. */
interface Member {
  access: FsAccess;
  readonly uses: PathNeed[];
}

/** The files of which a family foresees something, where they will be there the next time. */
function membersOf(
  needs: readonly PathNeed[],
  census: Census,
  families: AbstractionMap,
): ReadonlyMap<PathNode, Member> {
  const members = new Map<PathNode, Member>();
  for (const need of needs) {
    const { node, directory, access } = need;
    if (directory || families.foreseenAt(node.path, access) === undefined) continue;
    if (census.unsteadyPart(node) !== undefined) continue;
    const member = members.get(node) ?? { access: fsAccess(), uses: [] };
    member.uses.push(need);
    members.set(node, member);
  }
  if (members.size === 0) return members;
  for (const { node, access } of needs) {
    const member = members.get(node);
    if (member !== undefined) member.access = union(member.access, access);
  }
  return members;
}

/** The path above a node, or the node itself. */
function upTo(path: string, node: PathNode): PathNode {
  let at = node;
  while (at.path !== path && at.parent !== undefined) at = at.parent;
  return at;
}

import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import type { Census } from './census.js';
import type { GuardedPlaces } from './guarded.js';
import type { Creation, Why } from './inference.js';
import type { PathNeed } from './needs.js';
import type { PathNode, PathTree } from './path-tree.js';

/**
 * Something that will exist when the ruleset is enforced, and needs a rule on it or above: a need
 * for itself where it is the only one, of which there may be a million.
 */
export type Site = PathNeed | Shared;

interface Shared {
  readonly node: PathNode;
  directory: boolean;
  access: FsAccess;
  readonly needs: PathNeed[];
}

export function needsAt(site: Site): readonly PathNeed[] {
  return 'needs' in site ? site.needs : [site];
}

export interface Ground {
  readonly tree: PathTree;
  /** Those that what is created beforehand has not met already. */
  readonly needs: readonly PathNeed[];
  /** The needs by what a rule for them can lie on: gathered when it is asked for, and once. */
  readonly sites: readonly Site[];
  readonly creations: ReadonlyMap<PathNode, Creation>;
  /** What a rule for a path can lie on: the path itself, or the nearest above that can. */
  readonly holderOf: (node: PathNode) => PathNode;
  /** Why it does not lie on the path itself, where it does not. */
  readonly whyHeld: (node: PathNode) => Why;
}

/**
 * Puts every need on what will exist when the ruleset is enforced. A rule is tied to an inode, so
 * what the run made, removed or replaced cannot carry one: the nearest directory above does. Where
 * that one is guarded, what the run made is created beforehand instead, wherever that helps.
 *
 * @param varying - what will stay, and not be what the next run uses.
 */
export function ground(
  needs: readonly PathNeed[],
  census: Census,
  guarded: GuardedPlaces,
  unmakeable: ReadonlySet<string>,
  varying: ReadonlySet<PathNode> = new Set(),
): Ground {
  const creations = new Map<PathNode, Creation>();
  for (const { node, makes } of needs) {
    create(creations, node, census, guarded, unmakeable);
    if (makes !== undefined) create(creations, makes, census, guarded, unmakeable);
  }
  const steadyOf = (node: PathNode) => holder(node, census, creations);
  const holderOf = (node: PathNode) => aboveVarying(steadyOf(node), varying);
  const whyHeld = (node: PathNode) => (steadyOf(node) === holderOf(node) ? 'lifted' : 'varying');
  const isMet = ({ makes }: PathNeed) => makes !== undefined && creations.has(makes);
  const standing = creations.size === 0 ? needs : needs.filter((need) => !isMet(need));
  const all = { tree: census.tree, needs: standing, creations, holderOf, whyHeld };
  let sites: readonly Site[] | undefined;
  return {
    ...all,
    get sites() {
      sites ??= gathered(standing, all);
      return sites;
    },
  };
}

/**
 * The needs by what a rule for them can lie on, in the order of the paths of a sorted tree.
 *
 * @param added - needs besides those of the ground; few, so that what they do not touch is shared.
 */
export function sitesOf(ground: Ground, added: readonly PathNeed[] = []): readonly Site[] {
  return added.length === 0 ? ground.sites : merged(ground.sites, gathered(added, ground));
}

/** Two lists of sites as one, both in order. */
function merged(sites: readonly Site[], added: readonly Site[]): readonly Site[] {
  const all = [...sites];
  const fresh = added.filter((more) => {
    const at = placeFor(more.node, sites);
    const site = sites[at];
    if (site?.node !== more.node) return true;
    all[at] = together(site, more);
    return false;
  });
  if (fresh.length === 0) return all;
  for (const site of fresh) all.push(site);
  // Both are in order, so that this puts the one into the other.
  return all.sort((one, other) => one.node.order - other.node.order);
}

/** The place of the first site that does not come before a node. */
function placeFor(node: PathNode, sites: readonly Site[]): number {
  let from = 0;
  let to = sites.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sites[middle]?.node.order ?? 0) < node.order) from = middle + 1;
    else to = middle;
  }
  return from;
}

function together(one: Site, other: Site): Site {
  return {
    node: one.node,
    directory: one.directory || other.directory,
    access: union(one.access, other.access),
    needs: [...needsAt(one), ...needsAt(other)],
  };
}

type Holding = Pick<Ground, 'tree' | 'holderOf' | 'whyHeld'>;

function gathered(needs: Iterable<PathNeed>, ground: Holding): readonly Site[] {
  const { tree, holderOf } = ground;
  const sites = new Array<Site | undefined>(tree.size);
  for (const asked of needs) {
    const node = holderOf(asked.node);
    const need = heldBy(node, asked, ground);
    const site = sites[node.order];
    sites[node.order] = site === undefined && need.node === node ? need : shared(site, node, need);
  }
  return sites.filter((site) => site !== undefined);
}

function shared(site: Site | undefined, node: PathNode, need: PathNeed): Shared {
  const grown = site !== undefined && 'needs' in site ? site : sharedBy(node, site);
  grown.directory ||= need.directory || node !== need.node;
  grown.access = union(grown.access, need.access);
  grown.needs.push(need);
  return grown;
}

function sharedBy(node: PathNode, need: PathNeed | undefined): Shared {
  if (need === undefined) return { node, directory: false, access: fsAccess(), needs: [] };
  return { node, directory: need.directory, access: need.access, needs: [need] };
}

function heldBy(holder: PathNode, need: PathNeed, { whyHeld }: Holding): PathNeed {
  if (need.why !== 'observed' || need.node === holder) return need;
  return { ...need, why: whyHeld(need.node) };
}

/** Notes what to create so that no rule for `node` need lie on a guarded place; often nothing. */
function create(
  creations: Map<PathNode, Creation>,
  node: PathNode,
  census: Census,
  guarded: GuardedPlaces,
  unmakeable: ReadonlySet<string>,
): void {
  for (const part of partsFrom(census.unsteadyPart(node), node)) {
    if (creations.has(part)) continue;
    if (part.parent === undefined || guarded.at(part.parent.path) === undefined) break;
    const creation = unmakeable.has(part.path) ? undefined : creationOf(part.path, census);
    if (creation === undefined) break;
    creations.set(part, creation);
  }
}

/** The path's parts from `first` down to the path itself; none without a first. */
function partsFrom(first: PathNode | undefined, node: PathNode): readonly PathNode[] {
  if (first === undefined) return [];
  const parts: PathNode[] = [];
  for (let part: PathNode | undefined = node; part !== first.parent; part = part?.parent) {
    if (part !== undefined) parts.push(part);
  }
  return parts.reverse();
}

function creationOf(path: string, census: Census): Creation | undefined {
  if (!census.isNew(path)) return undefined;
  const type = census.leftAs(path);
  if (type !== 'directory' && type !== 'regular') return undefined;
  return { path, kind: type === 'directory' ? 'directory' : 'file', mode: census.mode(path) };
}

function holder(
  node: PathNode,
  census: Census,
  creations: ReadonlyMap<PathNode, Creation>,
): PathNode {
  const unsteady = census.unsteadyPart(node);
  if (unsteady === undefined) return node;
  let held = unsteady.parent ?? unsteady;
  for (const part of partsFrom(unsteady, node)) {
    if (!creations.has(part)) break;
    held = part;
  }
  return held;
}

/** The nearest path above all that varies. */
function aboveVarying(node: PathNode, varying: ReadonlySet<PathNode>): PathNode {
  if (varying.size === 0) return node;
  let held = node;
  for (let at: PathNode | undefined = node; at !== undefined; at = at.parent) {
    if (varying.has(at)) held = at.parent ?? at;
  }
  return held;
}

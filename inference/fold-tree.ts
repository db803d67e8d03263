import { difference, type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import type { Extent, Extents } from '../tracer/extent.js';
import type { Grant } from './cover.js';
import { liesIn, type PathNode } from './path-tree.js';
import { priceOf, whatOpens, type Zone, zoneOf } from './prices.js';

/** A path on which a rule may come to lie: one that needs one, or where two such paths part. */
export interface FoldNode {
  readonly node: PathNode;
  readonly directory: boolean;
  /** The grant of what is needed here; a rule that gives just that is this one. */
  readonly grant: Grant | undefined;
  /** Rights that a rule here or above has to give. */
  needed: FsAccess;
  /** The same for all that is here and below. */
  all: FsAccess;
  below: FoldNode[];
  /** For each right by its bit, what it costs to give it here; without, nothing may be folded here. */
  prices: readonly number[] | undefined;
}

/**
 * The tree of the grants: between them, only the paths where two of them part. On a path with one
 * of them below, a rule would open more than on that one, and spare nothing.
 *
 * @param grants - in the order of their paths, none with a right that one above it gives.
 */
export function foldTree(grants: readonly Grant[], root: PathNode): FoldNode {
  const top = foldNode({ node: root, directory: true, access: fsAccess() });
  const open = [top];
  for (const grant of grants) {
    const last = open.at(-1) ?? top;
    const parting = commonNode(last.node, grant.node);
    let closed: FoldNode | undefined;
    while ((open.at(-1)?.node.order ?? 0) > parting.order) closed = open.pop();
    const above = open.at(-1) ?? top;
    if (above.node !== parting && closed !== undefined) {
      const between = foldNode({ node: parting, directory: true, access: fsAccess() });
      above.below[above.below.length - 1] = between;
      put(closed, between);
      open.push(between);
    }
    if (grant.node === root) {
      top.needed = grant.access;
      top.all = grant.access;
      continue;
    }
    const own = foldNode(grant);
    put(own, open.at(-1) ?? top);
    open.push(own);
  }
  gather(top);
  return top;
}

/** Those of some rights that may be folded onto a path, given what lies beneath. */
export type FoldPolicy = (node: PathNode, access: FsAccess, extent: Extent) => FsAccess;

/** Puts prices to what the rights would open, at a path and below. */
export function putPrices(top: FoldNode, extents: Pick<Extents, 'of'>, policy: FoldPolicy): void {
  new Pricing(policy).price(top, extents);
}

function foldNode(grant: Grant): FoldNode {
  const { node, directory, access } = grant;
  return { node, directory, grant, needed: access, all: access, below: none, prices: undefined };
}

/** One for all that have nothing below, of which there may be a million. */
const none: FoldNode[] = [];
Object.freeze(none);

function put(below: FoldNode, above: FoldNode): void {
  if (above.below === none) above.below = [below];
  else above.below.push(below);
}

function commonNode(one: PathNode, other: PathNode): PathNode {
  let common = one;
  while (common.parent !== undefined && !liesIn(other, common)) common = common.parent;
  return common;
}

function gather(fold: FoldNode): FsAccess {
  for (const child of fold.below) fold.all = union(fold.all, gather(child));
  return fold.all;
}

/** Puts prices to a tree piece by piece, from below, as its directories are counted. */
export class Pricing {
  readonly #policy: FoldPolicy;
  readonly #opened = new Map<FoldNode, readonly number[]>();
  #last: { readonly directory: string; readonly zone: Zone } | undefined;

  constructor(policy: FoldPolicy) {
    this.#policy = policy;
  }

  /** Returns what the rights that are needed open anyway. What was priced before stays so. */
  price(fold: FoldNode, extents: Pick<Extents, 'of'>): readonly number[] {
    const known = this.#opened.get(fold);
    if (known !== undefined) return known;
    const { node, needed, below } = fold;
    const opened = new Array<number>(rightCount).fill(0);
    for (const child of below) {
      if (child.directory) addAll(this.price(child, extents), opened);
      else addFile(child, this.#zoneIn(child.node.parent?.path ?? '/'), opened);
    }
    this.#opened.set(fold, opened);
    const extent = extents.of.get(node.path);
    if (extent === undefined) return opened;
    const rest = difference(fold.all, needed);
    const open = below.length > 0 ? this.#policy(node, rest, extent) : fsAccess();
    if (open !== 0) fold.prices = pricesOf(fold, open, extent, opened);
    for (let bit = 0; bit < rightCount; bit++) {
      if ((needed & (1 << bit)) !== 0) opened[bit] = priceOfAll(bit, extent);
    }
    return opened;
  }

  /** The kind of place that a directory is; what lies in it comes together. */
  #zoneIn(directory: string): Zone {
    if (this.#last?.directory !== directory) this.#last = { directory, zone: zoneOf(directory) };
    return this.#last.zone;
  }
}

/** What is not there yet will be open as well: a fold costs as if there was one thing more. */
function pricesOf(
  { node }: FoldNode,
  open: FsAccess,
  extent: Extent,
  opened: readonly number[],
): readonly number[] {
  const zone = zoneOf(node.path);
  return opened.map((anyway, bit) => {
    if ((open & (1 << bit)) === 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, priceOfAll(bit, extent) - anyway) + priceOf(bit, zone);
  });
}

function addFile({ needed }: FoldNode, zone: Zone, opened: number[]): void {
  for (let bit = 0; bit < rightCount; bit++) {
    if ((needed & (1 << bit)) !== 0) opened[bit] = (opened[bit] ?? 0) + priceOf(bit, zone);
  }
}

function addAll(prices: readonly number[], opened: number[]): void {
  for (const [bit, price] of prices.entries()) opened[bit] = (opened[bit] ?? 0) + price;
}

function priceOfAll(bit: number, extent: Extent): number {
  let whole = 0;
  for (const [zone, count] of extent[whatOpens(bit)]) {
    whole += count * priceOf(bit, zone as Zone);
  }
  return whole;
}

/** One more than the highest bit of a right that we know. */
const rightCount = 17;

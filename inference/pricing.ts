import { difference, type FsAccess, fsAccess } from '../landlock/access-set.js';
import type { Extent, Extents } from '../tracer/extent.js';
import type { FoldNode } from './fold-tree.js';
import type { PathNode } from './path-tree.js';
import { priceOf, whatOpens, type Zone, zoneOf } from './prices.js';

/** Those of some rights that may be folded onto a path, given what lies beneath. */
export type FoldPolicy = (node: PathNode, access: FsAccess, extent: Extent) => FsAccess;

/** Puts prices to what the rights would open, at a path and below. */
export function putPrices(top: FoldNode, extents: Pick<Extents, 'of'>, policy: FoldPolicy): void {
  new Pricing(policy).price(top, extents);
}

/** What there is at a path and below, in prices, for each right by its bit. */
interface Priced {
  /** Of all; undefined where that was not counted. */
  readonly whole: readonly number[] | undefined;
  /** Of what the rights that are needed open anyway. */
  readonly opened: number[];
  /** Of the files that were used so; of what was not counted by itself alone. */
  readonly used: number[];
  /** What it would cost to open the rest. */
  readonly rest: number[];
  /** What it would cost to open one thing more, which somebody may put there. */
  readonly coming: number[];
}

/** Puts prices to a tree piece by piece, from below, as its directories are counted. */
export class Pricing {
  readonly #policy: FoldPolicy;
  readonly #priced = new Map<FoldNode, Priced>();
  #last: { readonly directory: string; readonly zone: Zone } | undefined;

  constructor(policy: FoldPolicy) {
    this.#policy = policy;
  }

  /** What was priced before stays so. */
  price(fold: FoldNode, extents: Pick<Extents, 'of'>): Priced {
    const known = this.#priced.get(fold);
    if (known !== undefined) return known;
    const { node, needed, below } = fold;
    const extent = extents.of.get(node.path);
    const whole = extent === undefined ? undefined : pricesOfAll(extent);
    const all = { whole, opened: noughts(), used: noughts(), rest: noughts(), coming: noughts() };
    const counted: Priced[] = [];
    for (const child of below) {
      if (!child.directory) {
        addFile(child, this.#zoneIn(child.node.parent?.path ?? '/'), all);
        continue;
      }
      const priced = this.price(child, extents);
      addAll(priced.opened, all.opened);
      if (priced.whole === undefined) addAll(priced.used, all.used);
      else counted.push(priced);
    }
    this.#priced.set(fold, all);
    if (extent === undefined || whole === undefined) return all;
    putRest(all, whole, counted, zoneOf(node.path));
    const asked = difference(fold.all, needed);
    const open = below.length > 0 ? this.#policy(node, asked, extent) : fsAccess();
    if (open !== 0) fold.prices = pricesOf(all, open);
    for (let bit = 0; bit < rightCount; bit++) {
      if ((needed & (1 << bit)) === 0) continue;
      all.opened[bit] = whole[bit] ?? 0;
      all.rest[bit] = 0;
    }
    return all;
  }

  /** The kind of place that a directory is; what lies in it comes together. */
  #zoneIn(directory: string): Zone {
    if (this.#last?.directory !== directory) this.#last = { directory, zone: zoneOf(directory) };
    return this.#last.zone;
  }
}

/**
 * What is in directories below that were counted by themselves is priced there. The others count the
 * less the more of them was used: where most files of a directory are, the next run will need one of
 * the rest, and to open that widens nothing. Never less than a directory below, which it holds.
 */
function putRest(all: Priced, whole: readonly number[], counted: readonly Priced[], zone: Zone) {
  for (let bit = 0; bit < rightCount; bit++) {
    let there = whole[bit] ?? 0;
    let opened = all.opened[bit] ?? 0;
    let rest = 0;
    let coming = 0;
    for (const below of counted) {
      there -= below.whole?.[bit] ?? 0;
      opened -= below.opened[bit] ?? 0;
      rest += below.rest[bit] ?? 0;
      coming = Math.max(coming, below.coming[bit] ?? 0);
    }
    const one = priceOf(bit, zone);
    const unused = 1 - shareUsed(all.used[bit] ?? 0, Math.max(0, there), one);
    all.rest[bit] = rest + Math.max(0, there - opened) * unused;
    all.coming[bit] = Math.max(coming, one * unused);
  }
}

/** What is put there later counts as half a thing that is there, and that nobody used. */
function shareUsed(used: number, there: number, one: number): number {
  return used === 0 ? 0 : Math.min(1, used / (there + one / 2));
}

/** What is not there yet will be open as well: a fold costs as if there was one thing more. */
function pricesOf({ rest, coming }: Priced, open: FsAccess): readonly number[] {
  return rest.map((price, bit) =>
    (open & (1 << bit)) === 0 ? Number.POSITIVE_INFINITY : price + (coming[bit] ?? 0),
  );
}

function addFile({ needed }: FoldNode, zone: Zone, { opened, used }: Priced): void {
  for (let bit = 0; bit < rightCount; bit++) {
    if ((needed & (1 << bit)) === 0) continue;
    const price = priceOf(bit, zone);
    opened[bit] = (opened[bit] ?? 0) + price;
    used[bit] = (used[bit] ?? 0) + price;
  }
}

function addAll(prices: readonly number[], sums: number[]): void {
  for (const [bit, price] of prices.entries()) sums[bit] = (sums[bit] ?? 0) + price;
}

function pricesOfAll(extent: Extent): readonly number[] {
  return noughts().map((_, bit) => {
    let whole = 0;
    for (const [zone, count] of extent[whatOpens(bit)]) whole += count * priceOf(bit, zone as Zone);
    return whole;
  });
}

function noughts(): number[] {
  return new Array<number>(rightCount).fill(0);
}

/** One more than the highest bit of a right that we know. */
const rightCount = 17;

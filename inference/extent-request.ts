import { difference, fsAccess, intersection } from '../landlock/access-set.js';
import type { Extent, ExtentRequest } from '../tracer/extent.js';
import { dropCovered } from './cover.js';
import { Programme } from './fold.js';
import { closedBeneath, foldPolicy, isOfEverybody } from './fold-policy.js';
import { type FoldNode, foldTree } from './fold-tree.js';
import { sitesOf } from './ground.js';
import type { Observed } from './observe.js';
import { priceBeside, rulePrice, whatOpens, type Zone, zoneOf } from './prices.js';
import { type FoldPolicy, Pricing } from './pricing.js';

/**
 * What to count on the disk before folding: the directories onto which rules may be folded, each
 * no further than a fold could be worth it, and those on which a rule lies, for what it opens.
 *
 * @param dearness - the least that widening is going to cost.
 */
export function extentRequest(observed: Observed, dearness: number): ExtentRequest {
  const { ground, foreseen, guarded, dangers } = observed;
  const expected = [...foreseen.needs, ...foreseen.ifThere];
  const exact = dropCovered(sitesOf(ground, expected));
  const collections = new Set(expected.map(({ node }) => node.path));
  const asked = new Map<string, FoldNode>();
  const executing = new Set<string>();
  const ask = (fold: FoldNode, executes: boolean) => {
    const { path } = fold.node;
    const mayFold = fold.below.length > 0 && guarded.at(path) === undefined;
    const counts = mayFold || (fold.needed !== 0 && path !== '/');
    const asks = counts && fold.directory && !isOfEverybody(path);
    // What is counted here is counted in for what is asked for above.
    const programs = executes || (asks && intersection(fold.all, fsAccess('execute')) !== 0);
    if (asks) asked.set(path, fold);
    if (asks && programs) executing.add(path);
    for (const child of fold.below) if (child.directory) ask(child, programs);
  };
  const top = foldTree(exact, ground.tree.root);
  ask(top, false);
  const worth = new Worth(dearness, top, foldPolicy(guarded, dangers));
  return {
    directories: [...asked.keys()],
    countsPrograms: (path) => executing.has(path),
    isMet: (path) => ground.tree.find(path) !== undefined,
    zoneOf,
    closedFor: (path, zone) => closedBeneath(path, zone as Zone, guarded, dangers),
    limitOf: (path, counted) => {
      const limit = worth.limitOf(asked.get(path), counted);
      return collections.has(path) ? Math.max(limit, mostTold) : limit;
    },
  };
}

/** So many that no run met are counted at once, and told about even where nothing is folded. */
const fewest = 2000;
/** So many of a collection that is granted as a whole: more is many, however many it is. */
const mostTold = 10_000;

/**
 * How much counting is worth. A fold spares at most the rules below it; and what these open, it
 * opens as well, so that it has to be paid for by what lies outside of them and no run met.
 */
class Worth {
  readonly #dearness: number;
  readonly #pricing: Pricing;
  readonly #programme: Programme;

  constructor(dearness: number, top: FoldNode, policy: FoldPolicy) {
    this.#dearness = dearness;
    this.#pricing = new Pricing(policy);
    this.#programme = new Programme(dearness, top);
  }

  limitOf(fold: FoldNode | undefined, counted: ReadonlyMap<string, Extent>): number {
    if (fold === undefined || fold.below.length === 0) return fewest;
    if (this.#dearness === 0) return Number.POSITIVE_INFINITY;
    let rules = 0;
    for (const child of fold.below) {
      if (child.directory) this.#pricing.price(child, { of: counted });
      rules += this.#programme.best(child, fold.needed).rules;
    }
    const paid = (rules * rulePrice) / (leastPrice(fold) * this.#dearness);
    const outside = Math.max(fewest, mostBeside(rules, paid));
    return outside + unmetBelow(fold, counted);
  }
}

/**
 * So many objects are paid for beside some that were used, where opening so many at their whole price
 * would be: they cost the less the more of them all was used.
 */
function mostBeside(used: number, paid: number): number {
  return (paid + Math.sqrt(paid * (paid + 4 * used))) / 2;
}

function unmetBelow({ below }: FoldNode, counted: ReadonlyMap<string, Extent>): number {
  let sum = 0;
  for (const child of below) {
    if (!child.directory) continue;
    sum += counted.get(child.node.path)?.unmet ?? unmetBelow(child, counted);
  }
  return sum;
}

/** Of all the rights that may be folded onto a path, the price of the cheapest for one object. */
function leastPrice({ node, needed, all }: FoldNode): number {
  const zone = zoneOf(node.path);
  const open = difference(all, needed);
  let least = Number.POSITIVE_INFINITY;
  for (let bit = 0; bit < 31; bit++) {
    if ((open & (1 << bit)) === 0) continue;
    // Of many files, few are programs.
    const share = whatOpens(bit) === 'programs' ? 0.01 : 1;
    least = Math.min(least, share * priceBeside(bit, zone, needed));
  }
  return least;
}

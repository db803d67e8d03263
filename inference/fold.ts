import {
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../landlock/access-set.js';
import { type Bundles, bundlesFor } from './bundles.js';
import type { Grant } from './cover.js';
import type { FoldNode } from './fold-tree.js';
import { rulePrice, shareBeside, withPriced } from './prices.js';

/** A ruleset as it is priced. */
export interface Folded {
  readonly grants: readonly Grant[];
  readonly rules: number;
  /** The price of what the rules open beyond what is needed. */
  readonly widening: number;
}

/**
 * The cheapest rules that give everything needed in a tree: on each path there is the choice of
 * giving a right here, to all beneath, or leaving it to rules below. A programme over the tree
 * answers it, for each path once for each set of rights that rules above may already give.
 *
 * @param dearness - what widening costs: 1 as it is priced, 0 nothing.
 */
export function fold(top: FoldNode, dearness: number): Folded {
  const programme = new Programme(dearness, top);
  const { rules, widening } = programme.best(top, fsAccess());
  const grants: Grant[] = [];
  programme.collect(top, fsAccess(), grants);
  return { grants, rules, widening };
}

/** The best that can be done at a path and below. */
interface Plan {
  readonly cost: number;
  readonly rules: number;
  readonly widening: number;
  /** What the rule on this path gives; none where there is no rule. */
  readonly access: FsAccess;
}

/** Answers for a tree, once for each path and what may already be given there. */
export class Programme {
  readonly #dearness: number;
  readonly #bundles: Bundles;
  readonly #plans = new Map<FoldNode, Map<FsAccess, Plan>>();

  constructor(dearness: number, top: FoldNode) {
    this.#dearness = dearness;
    this.#bundles = bundlesFor(top);
  }

  /** The best plan where the rules above give these rights; prices below may not change after. */
  best(fold: FoldNode, above: FsAccess): Plan {
    const inherited = intersection(above, withPriced(fold.all));
    const must = difference(fold.needed, inherited);
    if (fold.below.length === 0) return must === 0 ? nothing : aRule(must);
    let plans = this.#plans.get(fold);
    if (plans === undefined) {
      plans = new Map();
      this.#plans.set(fold, plans);
    }
    const known = plans.get(inherited);
    if (known !== undefined) return known;
    const plan = this.#choose(fold, inherited, must);
    plans.set(inherited, plan);
    return plan;
  }

  /** The rules of the best plan, in the order of their paths. */
  collect(fold: FoldNode, above: FsAccess, grants: Grant[]): void {
    const { access } = this.best(fold, above);
    const { node, directory, grant, below } = fold;
    if (access !== 0) {
      grants.push(grant?.access === access ? grant : { node, directory, access });
    }
    for (const child of below) this.collect(child, union(above, access), grants);
  }

  #choose(fold: FoldNode, inherited: FsAccess, must: FsAccess): Plan {
    let best = this.#with(fold, inherited, must, 0, undefined);
    if (fold.prices === undefined || best === undefined) return best ?? nothing;
    const { prices: each } = fold;
    const open = affordable(each, difference(fold.all, union(inherited, must)));
    const bundles = this.#bundles(fold)
      .map((bundle) => intersection(bundle, open))
      .filter((bundle) => bundle !== 0);
    for (let choice = 1; choice < 1 << bundles.length; choice++) {
      let chosen = fsAccess();
      for (const [at, bundle] of bundles.entries()) {
        if ((choice & (1 << at)) !== 0) chosen = union(chosen, bundle);
      }
      const access = union(must, chosen);
      const widening = priceOfSet(each, chosen, union(inherited, access));
      best = this.#with(fold, inherited, access, widening, best) ?? best;
    }
    return best;
  }

  /** The plan that gives `access` here, where it is better than another one. */
  #with(
    fold: FoldNode,
    inherited: FsAccess,
    access: FsAccess,
    widening: number,
    other: Plan | undefined,
  ): Plan | undefined {
    const sum = { rules: access === 0 ? 0 : 1, widening };
    if (other !== undefined && this.#costOf(sum) > other.cost) return undefined;
    const given = union(inherited, access);
    for (const child of fold.below) {
      const plan = this.best(child, given);
      sum.rules += plan.rules;
      sum.widening += plan.widening;
    }
    const plan = { ...sum, cost: this.#costOf(sum), access };
    return other === undefined || isBetter(plan, other) ? plan : undefined;
  }

  #costOf({ rules, widening }: { rules: number; widening: number }): number {
    return rules * rulePrice + widening * this.#dearness;
  }
}

const nothing: Plan = { cost: 0, rules: 0, widening: 0, access: fsAccess() };

function aRule(access: FsAccess): Plan {
  return { cost: rulePrice, rules: 1, widening: 0, access };
}

/** Of two that cost the same, the one that opens less; the prices are no whole numbers. */
function isBetter(one: Plan, other: Plan): boolean {
  if (Math.abs(one.cost - other.cost) > negligible) return one.cost < other.cost;
  return one.widening < other.widening - negligible;
}

const negligible = 1e-6;

/** Those rights that have a price at all. */
function affordable(prices: readonly number[], access: FsAccess): FsAccess {
  let open = access;
  for (const [bit, price] of prices.entries()) {
    if (price === Number.POSITIVE_INFINITY) open = difference(open, (1 << bit) as FsAccess);
  }
  return open;
}

/** @param given - here and above, these rights among them. */
function priceOfSet(prices: readonly number[], access: FsAccess, given: FsAccess): number {
  let sum = 0;
  for (const [bit, price] of prices.entries()) {
    if ((access & (1 << bit)) !== 0) sum += price * shareBeside(bit, given);
  }
  return sum;
}

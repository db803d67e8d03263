import type { Extents } from '../tracer/extent.js';
import { dropCovered, type Grant } from './cover.js';
import { equalise } from './equalise.js';
import { fold } from './fold.js';
import { foldPolicy } from './fold-policy.js';
import { type FoldNode, foldTree, putPrices } from './fold-tree.js';
import { type Site, sitesOf } from './ground.js';
import type { PathNeed } from './needs.js';
import type { Observed } from './observe.js';

/** Rules that serve every need, and that no move across directories gains by. */
export interface Settled {
  readonly grants: readonly Grant[];
  /** What they serve. */
  readonly sites: readonly Site[];
  /** The price of what they open by folding. */
  readonly widening: number;
}

/** Finds rules for what was observed, as often as asked, by what widening costs. */
export class Settler {
  readonly #observed: Observed;
  readonly #extents: Extents;
  readonly #sites: readonly Site[];
  readonly #exact: readonly Grant[];
  #tree: FoldNode | undefined;

  constructor(observed: Observed, extents: Extents) {
    this.#observed = observed;
    this.#extents = extents;
    this.#sites = sitesOf(observed.ground.needs, observed.ground);
    this.#exact = dropCovered(this.#sites);
  }

  /**
   * Folding may grant the destination of a move more than its source: then the source needs that
   * as well, and all is folded anew. Whether both get it from a rule above them, or the source a
   * rule of its own, is what the fold decides by their prices.
   */
  at(dearness: number): Settled {
    const { ground, needs } = this.#observed;
    let sites = this.#sites;
    let exact = this.#exact;
    const added: PathNeed[] = [];
    for (;;) {
      const { grants, widening } = this.#folded(exact, dearness);
      const more = equalise(grants, needs.moves, ground.holderOf);
      if (more.length === 0) return { grants, sites, widening };
      added.push(...more);
      sites = sitesOf([...ground.needs, ...added], ground);
      exact = dropCovered(sites);
    }
  }

  #folded(exact: readonly Grant[], dearness: number) {
    if (dearness === Number.POSITIVE_INFINITY) return { grants: exact, widening: 0 };
    if (exact === this.#exact) {
      this.#tree ??= this.#priced(exact);
      return fold(this.#tree, dearness);
    }
    return fold(this.#priced(exact), dearness);
  }

  #priced(exact: readonly Grant[]): FoldNode {
    const { ground, guarded, dangers } = this.#observed;
    const tree = foldTree(exact, ground.tree.root);
    putPrices(tree, this.#extents, foldPolicy(guarded, dangers));
    return tree;
  }
}

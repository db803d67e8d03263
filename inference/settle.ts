import type { Extents } from '../tracer/extent.js';
import { dropCovered, type Grant } from './cover.js';
import { equalise, stillEqual } from './equalise.js';
import { fold } from './fold.js';
import { foldPolicy } from './fold-policy.js';
import { type FoldNode, foldTree } from './fold-tree.js';
import { type Site, sitesOf } from './ground.js';
import type { PathNeed } from './needs.js';
import type { Observed } from './observe.js';
import { putPrices } from './pricing.js';

/** Rules that serve every need, and that no move across directories gains by. */
export interface Settled {
  readonly grants: readonly Grant[];
  /** What they serve. */
  readonly sites: readonly Site[];
  /** The price of what they open by folding. */
  readonly widening: number;
}

/** Needs where rules can lie, and the rules for them before anything is folded. */
interface Served {
  readonly sites: readonly Site[];
  readonly grants: readonly Grant[];
}

/** Where what is spared and what is added lead to each other in turns, it has to end. */
const mostLessened = 8;

/** What is foreseen, as far as it is there. */
export function expectedNeeds({ foreseen }: Observed, { of }: Extents): readonly PathNeed[] {
  const { needs, ifThere } = foreseen;
  return [...needs, ...ifThere.filter(({ node }) => of.has(node.path))];
}

/** Finds rules for what was observed, as often as asked, by what widening costs. */
export class Settler {
  readonly #observed: Observed;
  readonly #extents: Extents;
  #exact: Served | undefined;
  readonly #foreseenNeeds: readonly PathNeed[];
  #foreseen: Served | undefined;
  #tree: FoldNode | undefined;

  /** @param foreseen - what is to be granted of what no run showed, wherever anything is folded. */
  constructor(
    observed: Observed,
    extents: Extents,
    foreseen: readonly PathNeed[] = expectedNeeds(observed, extents),
  ) {
    this.#observed = observed;
    this.#extents = extents;
    this.#foreseenNeeds = foreseen;
  }

  /**
   * Folding may grant the destination of a move more than its source: then the source needs that
   * as well, and all is folded anew. Whether both get it from a rule above them, or the source a
   * rule of its own, is what the fold decides by their prices. What folding anew has made needless
   * is not asked for any more.
   */
  at(dearness: number): Settled {
    const { ground, needs } = this.#observed;
    const asTheyWere = dearness === Number.POSITIVE_INFINITY;
    const expected = asTheyWere ? [] : this.#foreseenNeeds;
    let served = asTheyWere ? this.#asTheyWere() : this.#withForeseen();
    let added: readonly PathNeed[] = [];
    for (let lessens = mostLessened; ; ) {
      const { grants, widening } = this.#folded(served, dearness);
      const more = equalise(grants, needs.moves, ground.holderOf);
      const still = lessens > 0 ? stillEqual(added, grants, needs.moves, ground.holderOf) : added;
      const same = still.length === added.length && still.every((need, at) => need === added[at]);
      if (more.length === 0 && same) return { grants, sites: served.sites, widening };
      if (!same) lessens -= 1;
      added = [...still, ...more];
      served = this.#served([...expected, ...added]);
    }
  }

  /** The same as the exact ones where nothing is foreseen: there may be a million. */
  #withForeseen(): Served {
    const { length } = this.#foreseenNeeds;
    this.#foreseen ??= length === 0 ? this.#asTheyWere() : this.#served(this.#foreseenNeeds);
    return this.#foreseen;
  }

  #asTheyWere(): Served {
    this.#exact ??= this.#served([]);
    return this.#exact;
  }

  #served(added: readonly PathNeed[]): Served {
    const sites = sitesOf(this.#observed.ground, added);
    return { sites, grants: dropCovered(sites) };
  }

  #folded(served: Served, dearness: number) {
    if (dearness === Number.POSITIVE_INFINITY) return { grants: served.grants, widening: 0 };
    if (served !== this.#foreseen) return fold(this.#priced(served.grants), dearness);
    this.#tree ??= this.#priced(served.grants);
    return fold(this.#tree, dearness);
  }

  #priced(exact: readonly Grant[]): FoldNode {
    const { ground, guarded, dangers } = this.#observed;
    const tree = foldTree(exact, ground.tree.root);
    putPrices(tree, this.#extents, foldPolicy(guarded, dangers));
    return tree;
  }
}

import { type FsAccess, fsAccess, isSubset } from '../landlock/access-set.js';
import type { Abstraction, Brought } from './abstractions/abstraction.js';
import { abstractions } from './abstractions/index.js';
import { Homes } from './homes.js';
import { type Held, moreOfThePath, Places } from './places.js';

/** A family's place: a path, or a hierarchy that holds it. */
export interface FamilyPlace {
  readonly abstraction: Abstraction;
  /** The most that the family grants there. */
  readonly access: FsAccess;
  /** The hierarchy, or the file itself. */
  readonly path: string;
  /** Hierarchies, itself among them, in which the same is looked for; they may not be there. */
  readonly beside: readonly string[];
}

/** Which family a path is of, where these people's programs ran. */
export class AbstractionMap {
  readonly #places = new Places<Entry>();
  /** The first names of the paths of which something is foreseen. */
  readonly #foreseeing = new Set<string>();

  /** @param environments - of the runs: they tell where homes are. */
  constructor(environments: readonly Readonly<Record<string, string>>[]) {
    const homes = new Homes(environments);
    for (const abstraction of abstractions) {
      for (const { access, hierarchies = [], files = [], ...more } of abstraction.parts) {
        const { foreseen, together = false, brings } = more;
        const expanded = (path: string) => spellings(path).flatMap((one) => homes.expand(one));
        const beside = together ? hierarchies.flatMap(expanded) : [];
        const said = { abstraction, access: fsAccess(...access), foreseen, beside, brings };
        const add = (path: string, whole: boolean) => {
          for (const pattern of expanded(path)) {
            this.#places.add(pattern, { ...said, whole });
            if (foreseen !== undefined) this.#foreseeing.add(firstName(pattern));
          }
        };
        for (const path of hierarchies) add(path, true);
        for (const path of files) add(path, false);
      }
    }
  }

  /** The family that grants all of these rights on a path; the one that names it most precisely. */
  of(path: string, access: FsAccess): FamilyPlace | undefined {
    return placeOf(this.#best(path, access, () => true));
  }

  /**
   * What a family foresees to be used where these rights on a path were: the hierarchy that holds it
   * with all that the family reads there, or a file of which it says so. A file that a family names
   * by itself, such as an index that every program reads, stands for no others.
   */
  foreseenAt(path: string, access: FsAccess): FamilyPlace | undefined {
    // Few paths of a million are where a family foresees anything.
    if (!this.#foreseeing.has(firstName(path))) return undefined;
    const best = this.#best(path, access, (entry) => !entry.whole || entry.foreseen !== undefined);
    return best?.said.foreseen === undefined ? undefined : placeOf(best);
  }

  /** The files that a program uses sooner or later. */
  broughtBy(program: string): readonly string[] {
    const execute = fsAccess('execute');
    return this.#best(program, execute, () => true)?.said.brings?.files ?? [];
  }

  #best(path: string, access: FsAccess, fits: (entry: Entry) => boolean): Held<Entry> | undefined {
    const [best] = this.#places
      .holding(path)
      .filter(({ hierarchy, said }) => said.whole || hierarchy === path)
      .filter(({ said }) => isSubset(access, said.access) && fits(said))
      .sort(moreOfThePath);
    return best;
  }
}

function firstName(path: string): string {
  const end = path.indexOf('/', 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}

function placeOf(best: Held<Entry> | undefined): FamilyPlace | undefined {
  if (best === undefined) return undefined;
  const { abstraction, access, beside } = best.said;
  return { abstraction, access, path: best.hierarchy, beside };
}

/** The families for these environments; maps are kept, as a review infers again and again. */
export function abstractionMapOf(
  environments: readonly Readonly<Record<string, string>>[],
): AbstractionMap {
  if (environments.length === 0) {
    everybodys ??= new AbstractionMap([]);
    return everybodys;
  }
  const key = [...new Set(environments.map((each) => JSON.stringify(each)))].sort().join();
  if (last?.key !== key) last = { key, map: new AbstractionMap(environments) };
  return last.map;
}

let everybodys: AbstractionMap | undefined;
let last: { readonly key: string; readonly map: AbstractionMap } | undefined;

interface Entry {
  readonly abstraction: Abstraction;
  readonly access: FsAccess;
  readonly whole: boolean;
  readonly foreseen: string | undefined;
  readonly beside: readonly string[];
  readonly brings: Brought | undefined;
}

/** Debian's multi-arch triplets (https://wiki.debian.org/Multiarch/Tuples) that Landlock users have. */
const triplets = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];

/** A path on every architecture, and as it is where /usr is not merged. */
function spellings(path: string): readonly string[] {
  const all = path.includes('${ARCH}')
    ? triplets.map((triplet) => path.replaceAll('${ARCH}', triplet))
    : [path];
  return all.flatMap((one) =>
    /^\/usr\/(bin|sbin|lib|lib64)\//.test(one) ? [one, one.slice('/usr'.length)] : [one],
  );
}

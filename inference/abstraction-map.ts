import { type FsAccess, fsAccess, isSubset } from '../landlock/access-set.js';
import type { Abstraction } from './abstractions/abstraction.js';
import { abstractions } from './abstractions/index.js';
import { Homes } from './homes.js';
import { Places } from './places.js';

/** A family's place: a path, or a hierarchy that holds it. */
export interface FamilyPlace {
  readonly abstraction: Abstraction;
  /** The most that the family grants there. */
  readonly access: FsAccess;
  /** The hierarchy, or the file itself. */
  readonly path: string;
}

/** Which family a path is of, where these people's programs ran. */
export class AbstractionMap {
  readonly #places = new Places<Entry>();

  /** @param environments - of the runs: they tell where homes are. */
  constructor(environments: readonly Readonly<Record<string, string>>[]) {
    const homes = new Homes(environments);
    for (const abstraction of abstractions) {
      for (const { access, hierarchies = [], files = [] } of abstraction.parts) {
        const said = { abstraction, access: fsAccess(...access) };
        const add = (path: string, whole: boolean) => {
          for (const pattern of spellings(path).flatMap((one) => homes.expand(one))) {
            this.#places.add(pattern, { ...said, whole });
          }
        };
        for (const path of hierarchies) add(path, true);
        for (const path of files) add(path, false);
      }
    }
  }

  /** The family that grants all of these rights on a path; the one that names it most precisely. */
  of(path: string, access: FsAccess): FamilyPlace | undefined {
    const [best] = this.#places
      .holding(path)
      .filter(({ hierarchy, said }) => said.whole || hierarchy === path)
      .filter(({ said }) => isSubset(access, said.access))
      .sort((one, other) => other.depth - one.depth || other.precision - one.precision);
    if (best === undefined) return undefined;
    return { abstraction: best.said.abstraction, access: best.said.access, path: best.hierarchy };
  }
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

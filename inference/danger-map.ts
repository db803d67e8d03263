import { type FsAccess, intersection } from '../landlock/access-set.js';
import { type Danger, type Intent, rightsOfIntent } from './dangers/danger.js';
import { dangers } from './dangers/index.js';
import { Homes } from './homes.js';
import { type Beneath, moreOfThePath, Places } from './places.js';
import { compareSeverity, type Severity } from './severity.js';

/** A danger with a severity: a row of the table that is no exception. */
export interface RealDanger extends Danger {
  readonly severity: Severity;
}

/** Where the dangers of the table are, for the people whose programs ran. */
export class DangerMap {
  readonly #places: Readonly<Record<Intent, Places<Danger>>> = {
    read: new Places(),
    write: new Places(),
    connect: new Places(),
  };

  /** @param environments - of the runs: they tell where homes and PATH are. */
  constructor(environments: readonly Readonly<Record<string, string>>[]) {
    const homes = new Homes(environments);
    for (const danger of dangers) {
      const patterns = new Set(danger.places.flatMap((place) => homes.expand(place)));
      for (const pattern of patterns) this.#places[danger.intent].add(pattern, danger);
    }
  }

  /** What comes of doing this to a path, by the most precise row, and the place of that row. */
  at(path: string, intent: Intent): { danger: RealDanger; place: string } | undefined {
    const held = this.#places[intent].holding(path);
    if (held.length === 0) return undefined; // Of nearly every path.
    const [best] = [...held].sort(
      (one, other) =>
        moreOfThePath(one, other) ||
        compareSeverity(one.said.severity ?? 'low', other.said.severity ?? 'low'),
    );
    if (best === undefined || !isReal(best.said)) return undefined;
    return { danger: best.said, place: best.hierarchy };
  }

  /** The dangers at a path itself that rights on it would open: mostly none. */
  openedAt(path: string, access: FsAccess): readonly RealDanger[] {
    let opened: readonly RealDanger[] = none;
    for (const intent of intents) {
      if (intersection(access, rightsOfIntent[intent]) === 0) continue;
      const risk = this.at(path, intent);
      if (risk !== undefined) opened = [...opened, risk.danger];
    }
    return opened;
  }

  /** Whether a path leads to places of the table beneath it: of a million files hardly one does. */
  leadsOn(path: string): boolean {
    return intents.some((intent) => this.#places[intent].leadsOn(path));
  }

  /** The dangers strictly beneath a hierarchy that rights on it would open; the worst first. */
  openedBy(hierarchy: string, access: FsAccess): readonly RealDanger[] {
    const opened = new Set<RealDanger>();
    for (const intent of intentsOf(access)) {
      const precise = new Map<string, Beneath<Danger>>();
      for (const each of this.#places[intent].beneath(hierarchy)) {
        // An exception counts before what it excepts from: /proc/self/environ before /proc/*/environ.
        if ((precise.get(each.tail)?.precision ?? -1) > each.precision) continue;
        precise.set(each.tail, each);
      }
      for (const { said } of precise.values()) if (isReal(said)) opened.add(said);
    }
    return [...opened].sort((one, other) => compareSeverity(one.severity, other.severity));
  }
}

/**
 * The dangers for these environments. The last map is kept: a review infers again and again for
 * the same runs.
 */
export function dangerMapOf(environments: readonly Readonly<Record<string, string>>[]): DangerMap {
  const key = [...new Set(environments.map((each) => JSON.stringify(each)))].sort().join();
  if (last?.key !== key) last = { key, map: new DangerMap(environments) };
  return last.map;
}

let last: { readonly key: string; readonly map: DangerMap } | undefined;

/** What can be done with these rights, as far as danger goes. */
export function intentsOf(access: FsAccess): readonly Intent[] {
  return intents.filter((intent) => intersection(access, rightsOfIntent[intent]) !== 0);
}

const none: readonly RealDanger[] = [];
const intents: readonly Intent[] = ['read', 'write', 'connect'];

function isReal(danger: Danger): danger is RealDanger {
  return danger.severity !== null;
}

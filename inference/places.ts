import { parentOf } from '../landlock/hierarchy.js';

/**
 * What is said of places, each a pattern of a path: `*` is any part of one name, a leading `**` any
 * directory. It is asked for a path and answers for the places that hold it, and for those beneath.
 */
export class Places<Said> {
  readonly #anchored = new Step<Said>();
  readonly #floating = new Step<Said>();
  readonly #reached = new Map<string, Reach<Said>>();
  /** Of the last path that was asked for: the next is mostly of the same directory. */
  #last: { readonly directory: string; readonly reach: Reach<Said> } | undefined;
  readonly #beneath = new Map<string, readonly Beneath<Said>[]>();

  /** @param pattern - absolute, or with `**` for its first name. */
  add(pattern: string, said: Said): void {
    this.#reached.clear();
    this.#beneath.clear();
    this.#last = undefined;
    const floats = pattern.startsWith('**/');
    let step = floats ? this.#floating : this.#anchored;
    for (const name of namesIn(floats ? pattern.slice(3) : pattern)) step = step.made(name);
    step.said.push({ pattern, precision: pattern.replaceAll('*', '').length, said });
  }

  /** What is said of the path itself or of a hierarchy that holds it, with that hierarchy. */
  holding(path: string): readonly Held<Said>[] {
    if (path === '/') return [];
    const above = this.#reachAbove(path);
    return this.#leads(above, nameOf(path)) ? this.#further(above, path).held : above.held;
  }

  /** Whether a path is on the way to a place, or at one. */
  leadsOn(path: string): boolean {
    return path === '/' || this.#leads(this.#reachAbove(path), nameOf(path));
  }

  /**
   * What is said of places beneath a hierarchy. Of those that may be in any directory, only such
   * whose beginning is in the path's own names: `.git/hooks` lies beneath `/srv/.git`, while
   * nobody knows whether it lies beneath `/srv`.
   */
  beneath(hierarchy: string): readonly Beneath<Said>[] {
    let beneath = this.#beneath.get(hierarchy);
    if (beneath === undefined) {
      beneath = this.#reach(hierarchy).steps.flatMap((step) => [...step.below()]);
      if (this.#beneath.size > mostRemembered) this.#beneath.clear();
      this.#beneath.set(hierarchy, beneath);
    }
    return beneath;
  }

  /** Where a path leads. What directories lead to is remembered: they have many names. */
  #reach(path: string): Reach<Said> {
    if (path === '/') return { steps: [this.#anchored], held: [], depth: 0 };
    return this.#further(this.#reachOf(parentOf(path)), path);
  }

  /** What the directory of a path leads to. */
  #reachAbove(path: string): Reach<Said> {
    const last = this.#last;
    const isSame = path.lastIndexOf('/') === last?.directory.length;
    if (isSame && path.startsWith(last.directory)) return last.reach;
    const directory = parentOf(path);
    const reach = this.#reachOf(directory);
    this.#last = { directory, reach };
    return reach;
  }

  #reachOf(directory: string): Reach<Said> {
    let reach = this.#reached.get(directory);
    if (reach === undefined) {
      reach = this.#reach(directory);
      if (this.#reached.size > mostRemembered) this.#reached.clear();
      this.#reached.set(directory, reach);
    }
    return reach;
  }

  #leads({ steps }: Reach<Said>, name: string): boolean {
    return this.#floating.isFollowedBy(name) || steps.some((step) => step.isFollowedBy(name));
  }

  #further({ steps: before, held: above, depth }: Reach<Said>, path: string): Reach<Said> {
    const name = nameOf(path);
    const steps: Step<Said>[] = [];
    for (const step of before) step.follow(name, steps);
    this.#floating.follow(name, steps);
    if (steps.length === 0) return { steps, held: above, depth: depth + 1 };
    const held = [...above];
    for (const { said: entries } of steps) {
      for (const { precision, said } of entries) {
        held.push({ hierarchy: path, depth: depth + 1, precision, said });
      }
    }
    return { steps, held, depth: depth + 1 };
  }
}

/** The steps that a whole path leads to, and what is said on the way. */
interface Reach<Said> {
  readonly steps: readonly Step<Said>[];
  readonly held: readonly Held<Said>[];
  readonly depth: number;
}

/** So many directories are remembered; a target may use a million. */
const mostRemembered = 20_000;

/** Something said of the place at which a hierarchy stands. */
export interface Held<Said> {
  readonly hierarchy: string;
  readonly depth: number;
  /** How much of its pattern is fixed, to choose among patterns of one depth. */
  readonly precision: number;
  readonly said: Said;
}

export interface Beneath<Said> {
  readonly pattern: string;
  /** The names of the pattern from the hierarchy down. */
  readonly tail: string;
  readonly precision: number;
  readonly said: Said;
}

type Entry<Said> = Omit<Beneath<Said>, 'tail'>;

/** A name within patterns, and the names that may follow. */
class Step<Said> {
  readonly said: Entry<Said>[] = [];
  readonly #exact = new Map<string, Step<Said>>();
  readonly #globs = new Map<string, { readonly matches: RegExp; readonly step: Step<Said> }>();

  made(name: string): Step<Said> {
    if (!name.includes('*')) {
      const step = this.#exact.get(name) ?? new Step<Said>();
      this.#exact.set(name, step);
      return step;
    }
    const found = this.#globs.get(name) ?? { matches: expressionOf(name), step: new Step<Said>() };
    this.#globs.set(name, found);
    return found.step;
  }

  /** Adds the steps that a name leads to. */
  follow(name: string, steps: Step<Said>[]): void {
    const exact = this.#exact.get(name);
    if (exact !== undefined) steps.push(exact);
    for (const { matches, step } of this.#globs.values()) if (matches.test(name)) steps.push(step);
  }

  isFollowedBy(name: string): boolean {
    if (this.#exact.has(name)) return true;
    for (const { matches } of this.#globs.values()) if (matches.test(name)) return true;
    return false;
  }

  *below(above = ''): Generator<Beneath<Said>> {
    const globs = [...this.#globs].map(([name, { step }]) => [name, step] as const);
    for (const [name, step] of [...this.#exact, ...globs]) {
      const tail = `${above}/${name}`;
      for (const entry of step.said) yield { ...entry, tail };
      yield* step.below(tail);
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function namesIn(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

/** Without the flag `u`: a byte that is not UTF-8 stands as a lone surrogate, and is any other. */
function expressionOf(glob: string): RegExp {
  const literal = glob.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^]*')}$`);
}

import { holds } from '../landlock/hierarchy.js';

/**
 * What is said of places, each a pattern of a path: `*` is any part of one name, a leading `**` any
 * directory. It is asked for a path and answers for the places that hold it, and for those beneath.
 */
export class Places<Said> {
  readonly #anchored = new Step<Said>();
  readonly #floating = new Step<Said>();
  readonly #start: Reach<Said> = { steps: [this.#anchored], held: [] };
  /** What the directories above the last path lead to, from the root down: the next shares most. */
  readonly #trail: { readonly directory: string; readonly reach: Reach<Said> }[] = [];
  readonly #beneath = new Map<string, readonly Beneath<Said>[]>();

  /** @param pattern - absolute, or with `**` for its first name. */
  add(pattern: string, said: Said): void {
    this.#trail.length = 0;
    this.#beneath.clear();
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

  /** Where a path leads. */
  #reach(path: string): Reach<Said> {
    return path === '/' ? this.#start : this.#further(this.#reachAbove(path), path);
  }

  /** What the directory of a path leads to. */
  #reachAbove(path: string): Reach<Said> {
    let last = this.#trail.at(-1);
    while (last !== undefined && !holds(last.directory, path)) {
      this.#trail.pop();
      last = this.#trail.at(-1);
    }
    let { directory, reach } = last ?? { directory: '', reach: this.#start };
    for (;;) {
      const end = path.indexOf('/', directory.length + 1);
      if (end < 0) return reach;
      directory = path.slice(0, end);
      reach = this.#further(reach, directory);
      this.#trail.push({ directory, reach });
    }
  }

  #leads({ steps }: Reach<Said>, name: string): boolean {
    return this.#floating.isFollowedBy(name) || steps.some((step) => step.isFollowedBy(name));
  }

  #further(above: Reach<Said>, path: string): Reach<Said> {
    const name = nameOf(path);
    const steps: Step<Said>[] = [];
    for (const step of above.steps) step.follow(name, steps);
    this.#floating.follow(name, steps);
    // Nearly everywhere, and then the same above and below.
    if (steps.length === 0 && above.steps.length === 0) return above;
    const held = [...above.held];
    for (const { said: entries } of steps) {
      for (const { precision, said } of entries) {
        held.push({ hierarchy: path, precision, said });
      }
    }
    return { steps, held };
  }
}

/** The steps that a whole path leads to, and what is said on the way. */
interface Reach<Said> {
  readonly steps: readonly Step<Said>[];
  readonly held: readonly Held<Said>[];
}

/** So many directories are remembered; a target may use a million. */
const mostRemembered = 20_000;

/** Something said of the place at which a hierarchy stands. */
export interface Held<Said> {
  readonly hierarchy: string;
  /** How much of its pattern is fixed, to choose among patterns of one depth. */
  readonly precision: number;
  readonly said: Said;
}

/** Orders what is said of one path: the place nearest to it first, and of patterns the most precise. */
export function moreOfThePath(one: Held<unknown>, other: Held<unknown>): number {
  return other.hierarchy.length - one.hierarchy.length || other.precision - one.precision;
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
  readonly #globs: { readonly name: string; readonly glob: NameGlob; readonly step: Step<Said> }[] =
    [];

  made(name: string): Step<Said> {
    if (!name.includes('*')) {
      const step = this.#exact.get(name) ?? new Step<Said>();
      this.#exact.set(name, step);
      return step;
    }
    const found = this.#globs.find((one) => one.name === name);
    if (found !== undefined) return found.step;
    const step = new Step<Said>();
    this.#globs.push({ name, glob: nameGlob(name), step });
    return step;
  }

  /** Adds the steps that a name leads to. */
  follow(name: string, steps: Step<Said>[]): void {
    const exact = this.#exact.get(name);
    if (exact !== undefined) steps.push(exact);
    for (const { glob, step } of this.#globs) if (matches(name, glob)) steps.push(step);
  }

  isFollowedBy(name: string): boolean {
    if (this.#exact.has(name)) return true;
    return this.#globs.some(({ glob }) => matches(name, glob));
  }

  *below(above = ''): Generator<Beneath<Said>> {
    const globs = this.#globs.map(({ name, step }) => [name, step] as const);
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

/** A pattern of a name, parted at its stars. */
interface NameGlob {
  readonly start: string;
  readonly between: readonly string[];
  readonly end: string;
}

function nameGlob(pattern: string): NameGlob {
  const [start = '', ...between] = pattern.split('*');
  const end = between.pop() ?? '';
  return { start, between, end };
}

function matches(name: string, { start, between, end }: NameGlob): boolean {
  if (!name.startsWith(start) || !name.endsWith(end)) return false;
  let from = start.length;
  for (const part of between) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from + end.length <= name.length;
}

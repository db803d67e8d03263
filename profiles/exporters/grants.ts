import {
  accessNames,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import type { PathBeneath } from '../../landlock/ruleset.js';
import type { ObjectType } from './exporter.js';
import type { Loss } from './loss.js';

/** One of the few words that a tool has for what a path is granted. */
export interface Grant<Word extends string> {
  readonly word: Word;
  readonly access: FsAccess;
}

export interface GrantedPath<Word extends string> {
  readonly path: string;
  readonly words: readonly Word[];
}

export interface Granted<Word extends string> {
  readonly paths: readonly GrantedPath<Word>[];
  readonly losses: readonly Loss[];
}

/**
 * Says rules in a tool's words: for each path those that grant all they can of what the rule
 * grants, and the least besides.
 *
 * @param handled - what the tool restricts; of other rights nothing can be lost.
 */
export function grantsFor<Word extends string>(
  rules: readonly PathBeneath[],
  grants: readonly Grant<Word>[],
  handled: FsAccess,
  typeOf: (path: string) => ObjectType,
): Granted<Word> {
  const choices = subsetsOf(grants);
  const widened = new Paths();
  const withheld = new Paths();
  const paths: GrantedPath<Word>[] = [];
  for (const { path, access } of rules) {
    const takes = typeOf(path) === 'other' ? intersection(handled, fileAccess) : handled;
    const wanted = intersection(access, takes);
    const choice = bestOf(choices, wanted, takes);
    const given = intersection(choice.access, takes);
    if (choice.words.length > 0) paths.push({ path, words: choice.words });
    widened.add(difference(given, wanted), path);
    withheld.add(difference(wanted, given), path);
  }
  return {
    paths,
    losses: [
      ...widened.map((rights, of) => ({ kind: 'widened', rights, paths: of })),
      ...withheld.map((rights, of) => ({
        kind: 'withheld',
        rights,
        paths: of,
        why: 'it has no word for that',
      })),
    ],
  };
}

interface Choice<Word extends string> {
  readonly words: readonly Word[];
  readonly access: FsAccess;
}

function subsetsOf<Word extends string>(grants: readonly Grant<Word>[]): readonly Choice<Word>[] {
  let subsets: readonly Choice<Word>[] = [{ words: [], access: fsAccess() }];
  for (const { word, access } of grants) {
    subsets = [
      ...subsets,
      ...subsets.map((subset) => ({
        words: [...subset.words, word],
        access: union(subset.access, access),
      })),
    ];
  }
  return subsets;
}

/** What is denied weighs more than what is granted besides, and that more than words. */
function bestOf<Word extends string>(
  choices: readonly Choice<Word>[],
  wanted: FsAccess,
  takes: FsAccess,
): Choice<Word> {
  const cost = ({ access, words }: Choice<Word>) =>
    1000 * size(difference(wanted, access)) +
    10 * size(difference(intersection(access, takes), wanted)) +
    words.length;
  return choices.reduce((best, choice) => (cost(choice) < cost(best) ? choice : best));
}

function size(access: FsAccess): number {
  return accessNames('fs', access).length;
}

/** Paths by the rights that they share. */
class Paths {
  readonly #byAccess = new Map<FsAccess, string[]>();

  add(access: FsAccess, path: string): void {
    if (access === 0) return;
    const paths = this.#byAccess.get(access);
    if (paths === undefined) this.#byAccess.set(access, [path]);
    else paths.push(path);
  }

  map(
    each: (rights: ReturnType<typeof accessNames<'fs'>>, paths: readonly string[]) => Loss,
  ): readonly Loss[] {
    return [...this.#byAccess].map(([access, paths]) => each(accessNames('fs', access), paths));
  }
}

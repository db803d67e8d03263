import { parentOf } from '../landlock/hierarchy.js';
import type { RecordedOperation } from './trace.js';

/** How something was looked for that was not there. */
export interface Lookup {
  readonly path: string;
  /** Nothing else than a directory would have done. */
  readonly directory: boolean;
  readonly executable: string;
  readonly call: string;
}

/**
 * What a run wanted to read and did not find, such as settings that nobody has made yet. Searches
 * are no such thing and would flood it: what was missing in the distribution's own directories, or
 * in those of every program, is not kept, nor is what was missing in a directory in which a run
 * looked for more than a few names.
 */
export class Lookups {
  /** The names that were looked for in each directory, each with who did; none where it is searched. */
  readonly #directories = new Map<string, Map<string, Growing[]> | undefined>();
  #count = 0;

  /** @returns where it was counted; undefined where it is not kept, and will not be either. */
  add(lookup: Lookup): { count: number } | undefined {
    const { path } = lookup;
    const parent = parentOf(path);
    let names = this.#directories.get(parent);
    if (names === undefined) {
      if (isSearched(parent) || this.#directories.has(parent)) return undefined;
      if (this.#directories.size >= mostKept) return undefined;
      names = new Map();
      this.#directories.set(parent, names);
    }
    const seekers = names.get(path);
    const known = seekers?.find((one) => isSame(one, lookup));
    if (known !== undefined) {
      known.count += 1;
      return known;
    }
    if (this.#count >= mostKept) return undefined;
    this.#count += 1;
    const seeker = { ...lookup, count: 1 };
    if (seekers !== undefined) seekers.push(seeker);
    else names.set(path, [seeker]);
    if (names.size > mostOfDirectory) this.#forget(parent, names);
    return seeker;
  }

  #forget(directory: string, names: Map<string, Growing[]>): void {
    for (const seekers of names.values()) this.#count -= seekers.length;
    this.#directories.set(directory, undefined);
  }

  /**
   * As opens that failed.
   *
   * @param isMissing - whether a path is as it was: never there, in a directory that is.
   */
  kept(isMissing: (path: string) => boolean): readonly RecordedOperation[] {
    const kept: RecordedOperation[] = [];
    for (const names of this.#directories.values()) {
      for (const [path, seekers] of names ?? []) {
        if (isMissing(path)) kept.push(...seekers.map(failed));
      }
    }
    return kept;
  }
}

interface Growing extends Lookup {
  count: number;
}

function isSame(one: Lookup, other: Lookup): boolean {
  return (
    one.call === other.call &&
    one.directory === other.directory &&
    one.executable === other.executable
  );
}

function failed({ path, directory, executable, call, count }: Growing): RecordedOperation {
  const type = directory ? 'directory' : 'regular';
  const how = { read: true, write: false, truncate: false, create: 'no' } as const;
  const operation = { kind: 'open', path, type, ...how } as const;
  return { operation, executable, call, result: 'ENOENT', count };
}

/** Who looks for more names than these in one directory, searches it. */
const mostOfDirectory = 16;
const mostKept = 5000;

function isSearched(directory: string): boolean {
  return /^\/(usr|bin|sbin|lib(?:32|64|x32)?|nix|snap|proc|sys|dev|run)(\/|$)|^(\/var)?\/tmp$/.test(
    directory,
  );
}

import { type Dirent, readdirSync } from 'node:fs';
import { modeAt } from '../kernel/file-mode.js';
import { pathForNode } from '../kernel/path-bytes.js';
import { fsAccess, union } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { Extent, ExtentRequest, Extents } from './extent.js';

/**
 * Counts what lies beneath directories, as the disk is now. What cannot be listed is not counted
 * at all, and neither is a directory that holds more than its limit.
 *
 * @param patience - with all of them together.
 * @param known - what was counted before, and is not to be counted again.
 */
export function measureExtents(
  request: ExtentRequest,
  patience: Patience,
  known: ReadonlyMap<string, Extent> = new Map(),
): Extents {
  const left = { objects: patience.objects, until: performance.now() + patience.milliseconds };
  const counted = new Map(known);
  const cut: string[] = [];
  // What lies deepest comes first, and is not counted again for what lies above.
  const deepestFirst = [...request.directories].sort(
    (one, other) => depthOf(other) - depthOf(one) || comparePaths(one, other),
  );
  for (const path of deepestFirst) {
    const limit = request.limitOf(path, counted);
    // One directory takes no more than half of what is left for all.
    const own = { ...patience, objects: left.objects / 2 };
    const walk = new Walk(request, counted, limit, own, left.until);
    const count = walk.count(path, request.countsPrograms(path));
    left.objects -= walk.seen;
    left.until = walk.until;
    if (count !== undefined) counted.set(path, count);
    else if (walk.cut) cut.push(path);
  }
  return { of: counted, cut: cut.sort(comparePaths) };
}

/**
 * By the objects that are looked at, those aside that the runs met, it ends at the same place every
 * time; by the time, at last.
 */
export interface Patience {
  readonly objects: number;
  readonly milliseconds: number;
  /** Milliseconds more for each object that the runs met: it took them longer than that. */
  readonly forMet: number;
}

class Walk {
  /** How many objects were looked at that the runs did not meet. */
  seen = 0;
  /** Whether it was given up for lack of patience. */
  cut = false;
  /** When it has taken too long. */
  until: number;
  readonly #request: ExtentRequest;
  readonly #counted: ReadonlyMap<string, Extent>;
  readonly #limit: number;
  readonly #patience: Patience;
  #unmet = 0;
  #closed = fsAccess();
  readonly #files = new Map<string, number>();
  readonly #programs = new Map<string, number>();
  readonly #directories = new Map<string, number>();

  constructor(
    request: ExtentRequest,
    counted: ReadonlyMap<string, Extent>,
    limit: number,
    patience: Patience,
    until: number,
  ) {
    this.#request = request;
    this.#counted = counted;
    this.#limit = limit;
    this.#patience = patience;
    this.until = until;
  }

  /** What is in a directory; undefined when that was given up. */
  count(path: string, countsPrograms: boolean): Extent | undefined {
    if (!this.#directory(path, countsPrograms)) return undefined;
    return {
      files: this.#files,
      programs: countsPrograms ? this.#programs : this.#files,
      directories: this.#directories,
      unmet: this.#unmet,
      closed: this.#closed,
    };
  }

  /** Adds a directory and all beneath it; false when that is given up. */
  #directory(path: string, countsPrograms: boolean): boolean {
    const known = this.#counted.get(path);
    if (known !== undefined) return this.#addAll(known);
    if (this.seen >= this.#patience.objects || performance.now() > this.until) this.cut = true;
    const entries = this.cut ? undefined : entriesOf(path);
    if (entries === undefined) return false;
    const zone = this.#request.zoneOf(path);
    increase(this.#directories, zone, 1);
    this.#count(path);
    for (const entry of entries) {
      const below = `${path === '/' ? '' : path}/${entry.name}`;
      if (entry.isSymbolicLink()) {
        this.#look(below);
        continue;
      }
      this.#closed = union(this.#closed, this.#request.closedFor(below, zone));
      if (entry.isDirectory()) {
        if (!this.#directory(below, countsPrograms)) return false;
      } else {
        this.#count(below);
        increase(this.#files, zone, 1);
        if (countsPrograms && entry.isFile() && isProgram(below)) {
          increase(this.#programs, zone, 1);
        }
      }
      if (this.#unmet > this.#limit) return false;
    }
    return true;
  }

  #count(path: string): void {
    if (!this.#look(path)) this.#unmet += 1;
  }

  /** Whether the runs met a path; to look at what they did not takes patience. */
  #look(path: string): boolean {
    const isMet = this.#request.isMet(path);
    if (isMet) this.until += this.#patience.forMet;
    else this.seen += 1;
    return isMet;
  }

  #addAll({ files, programs, directories, unmet, closed }: Extent): boolean {
    for (const [zone, number] of programs) increase(this.#programs, zone, number);
    for (const [zone, number] of files) increase(this.#files, zone, number);
    for (const [zone, number] of directories) increase(this.#directories, zone, number);
    this.#unmet += unmet;
    this.#closed = union(this.#closed, closed);
    return this.#unmet <= this.#limit;
  }
}

function increase(kinds: Map<string, number>, zone: string, number: number): void {
  kinds.set(zone, (kinds.get(zone) ?? 0) + number);
}

/** Whether anybody's permission to execute is set. */
function isProgram(path: string): boolean {
  return ((modeAt(path) ?? 0) & 0o111) !== 0;
}

function entriesOf(path: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(pathForNode(path), { withFileTypes: true });
  } catch {
    return undefined; // It is gone, or may not be read, or its name is no UTF-8.
  }
}

function depthOf(path: string): number {
  return path.split('/').length;
}

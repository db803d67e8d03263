import { lstatSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { zoneOf } from '../../inference/prices.js';
import { isBeneath } from '../../landlock/hierarchy.js';

/** How many files there are beneath a path, itself included: neither directories nor symlinks. */
export interface FileCount {
  readonly all: number;
  /** Of these, the ones that did not come with the system or with software that was installed. */
  readonly personal: number;
}

/** What lies beneath a path, that may be a file. */
export interface Disk {
  readonly files: (path: string) => FileCount;
  /** Those that somebody may execute, by their permissions. */
  readonly programs: (path: string) => FileCount;
}

/**
 * Counts on the disk, each directory once, with the exception of some that change. What lies in
 * /proc and /sys is of no disk, and what lies with other temporary files is another thing each day.
 */
export class DiskCount implements Disk {
  readonly #changing: readonly string[];
  readonly #ignored: readonly string[];
  readonly #files = new Map<string, FileCount>();
  readonly #programs = new Map<string, FileCount>();

  /**
   * @param changing - directories to be counted anew each time.
   * @param ignored - others that are not to be counted.
   */
  constructor(changing: readonly string[], ignored: readonly string[]) {
    this.#changing = changing;
    this.#ignored = [...nowhere, ...ignored];
  }

  files(path: string): FileCount {
    return this.#count(path, this.#files, () => true);
  }

  programs(path: string): FileCount {
    return this.#count(path, this.#programs, isExecutable);
  }

  #count(
    path: string,
    known: Map<string, FileCount>,
    counts: (path: string) => boolean,
  ): FileCount {
    const type = typeOf(path);
    if (type === 'file') return counts(path) ? oneIn(path) : none;
    if (type === 'nothing') return none;
    let sum = this.#lasting(path, known, counts);
    for (const place of this.#changing) {
      if (isBeneath(place, path)) sum = plus(sum, walked(place, counts));
      else if (isBeneath(path, place)) sum = plus(sum, walked(path, counts));
    }
    return sum;
  }

  /** Without what changes. */
  #lasting(
    path: string,
    known: Map<string, FileCount>,
    counts: (path: string) => boolean,
  ): FileCount {
    if (this.#ignored.some((place) => isBeneath(path, place))) return none;
    if (this.#changing.some((place) => isBeneath(path, place))) return none;
    const before = known.get(path);
    if (before !== undefined) return before;
    let sum = none;
    for (const { name, isDirectory } of entriesOf(path)) {
      const entry = path === '/' ? `/${name}` : `${path}/${name}`;
      if (isDirectory) sum = plus(sum, this.#lasting(entry, known, counts));
      else if (counts(entry)) sum = plus(sum, oneIn(path));
    }
    known.set(path, sum);
    return sum;
  }
}

const nowhere: readonly string[] = ['/proc', '/sys', '/var/tmp', tmpdir()];

const none: FileCount = { all: 0, personal: 0 };

function walked(path: string, counts: (path: string) => boolean): FileCount {
  let sum = none;
  for (const { name, isDirectory } of entriesOf(path)) {
    const entry = `${path}/${name}`;
    if (isDirectory) sum = plus(sum, walked(entry, counts));
    else if (counts(entry)) sum = plus(sum, oneIn(path));
  }
  return sum;
}

function oneIn(path: string): FileCount {
  const zone = zoneOf(path);
  return { all: 1, personal: zone === 'own' || zone === 'settings' ? 1 : 0 };
}

function plus(one: FileCount, other: FileCount): FileCount {
  return { all: one.all + other.all, personal: one.personal + other.personal };
}

function typeOf(path: string): 'file' | 'directory' | 'nothing' {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'nothing';
  return stat.isDirectory() ? 'directory' : 'file';
}

function isExecutable(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o111) !== 0;
}

function entriesOf(
  path: string,
): readonly { readonly name: string; readonly isDirectory: boolean }[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isSymbolicLink())
      .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  } catch {
    return []; // Gone meanwhile.
  }
}

import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { pathToBytes } from '../kernel/path-bytes.js';

/**
 * The Debian packages that these paths came with, by dpkg's own lists (dpkg-query(1), dpkg-divert(1)).
 * A path that several packages have, as most directories, is nobody's. Without dpkg, nothing is.
 *
 * @param database - dpkg's.
 */
export function packagesOf(
  paths: Iterable<string>,
  database = '/var/lib/dpkg',
): ReadonlyMap<string, string> {
  const lists = listsIn(join(database, 'info'));
  if (lists.length === 0) return new Map();
  const wanted = new Wanted(paths, diversionsIn(database));
  const reader = new Reader();
  for (const list of lists) {
    const name = list.slice(0, -'.list'.length).replace(/:.*$/, '');
    const bytes = reader.read(join(database, 'info', list));
    if (bytes !== undefined) wanted.lookIn(bytes, name);
  }
  return wanted.owners();
}

function listsIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.list'));
  } catch {
    return []; // This machine has no dpkg.
  }
}

/** By where a file was put instead: where its package wanted it, and for whose sake it gave way. */
type Diversions = ReadonlyMap<string, { readonly from: string; readonly by: string }>;

function diversionsIn(database: string): Diversions {
  const diversions = new Map<string, { from: string; by: string }>();
  const lines = linesOf(join(database, 'diversions'));
  for (let at = 0; at + 2 < lines.length; at += 3) {
    diversions.set(lines[at + 1] ?? '', { from: lines[at] ?? '', by: lines[at + 2] ?? '' });
  }
  return diversions;
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Reads small files one after the other into the same memory. */
class Reader {
  #buffer = Buffer.alloc(1 << 20);

  /** Valid until the next is read; undefined when it cannot be. */
  read(file: string): Buffer | undefined {
    try {
      const descriptor = openSync(file, 'r');
      try {
        return this.#all(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  }

  #all(descriptor: number): Buffer {
    for (let length = 0; ; ) {
      const more = readSync(descriptor, this.#buffer, length, this.#buffer.length - length, null);
      length += more;
      if (more === 0) return this.#buffer.subarray(0, length);
      if (length === this.#buffer.length) {
        this.#buffer = Buffer.concat([this.#buffer, Buffer.alloc(length)]);
      }
    }
  }
}

/** A spelling of a path that a list may have, and who is not meant by it. */
interface Spelling {
  readonly path: string;
  /** The only package that is meant; undefined for any. */
  readonly by: string | undefined;
  readonly not: string | undefined;
}

/**
 * Paths that are looked for, each in all its spellings. A list has a hundred thousand lines for a
 * path that is wanted: a line becomes a string only where its length and last bytes may be one's.
 */
class Wanted {
  readonly #spellings = new Map<string, Spelling[]>();
  readonly #maybe = new Uint8Array(1 << 16);
  readonly #owners = new Map<string, string | null>();

  constructor(paths: Iterable<string>, diversions: Diversions) {
    const givenWay = new Map([...diversions.values()].map(({ from, by }) => [from, by]));
    for (const path of paths) {
      for (const name of spellings(path)) {
        const diverted = diversions.get(name);
        if (diverted === undefined) {
          this.#want(name, { path, by: givenWay.get(name), not: undefined });
        } else {
          this.#want(diverted.from, { path, by: undefined, not: diverted.by });
        }
      }
    }
  }

  lookIn(list: Buffer, name: string): void {
    for (let start = 0; start < list.length; ) {
      const newline = list.indexOf(10, start);
      const end = newline === -1 ? list.length : newline;
      if (this.#maybe[fingerprint(list, start, end)] === 1) {
        this.#found(list.toString('latin1', start, end), name);
      }
      start = end + 1;
    }
  }

  owners(): ReadonlyMap<string, string> {
    const owners = new Map<string, string>();
    for (const [path, name] of this.#owners) if (name !== null) owners.set(path, name);
    return owners;
  }

  #want(name: string, spelling: Spelling): void {
    const bytes = pathToBytes(name);
    const key = bytes.toString('latin1');
    this.#spellings.set(key, [...(this.#spellings.get(key) ?? []), spelling]);
    this.#maybe[fingerprint(bytes, 0, bytes.length)] = 1;
  }

  #found(line: string, name: string): void {
    for (const { path, by, not } of this.#spellings.get(line) ?? []) {
      // A diversion of the machine's own (`:`) gives way to no package.
      if (name === not || (by !== undefined && by !== ':' && by !== name)) continue;
      const other = this.#owners.get(path);
      this.#owners.set(path, other === undefined || other === name ? name : null);
    }
  }
}

/** Where /usr is merged, packages may still list what they have in /lib. */
function spellings(path: string): readonly string[] {
  return /^\/usr\/(bin|sbin|lib|lib32|lib64|libx32)\//.test(path)
    ? [path, path.slice('/usr'.length)]
    : [path];
}

function fingerprint(bytes: Buffer, start: number, end: number): number {
  const last = (back: number) => (end - back >= start ? (bytes[end - back] ?? 0) : 0);
  return (
    ((end - start) * 31 + last(1) * 7 + last(2) * 131 + last(3) * 1031 + last(5) * 257) & 0xffff
  );
}

import { type AccessClass, accessRights, newestAbi } from '../landlock/abi.js';
import {
  type AccessSet,
  abiOfRight,
  accessSet,
  allAccess,
  fsAccess,
  isRightOf,
  union,
} from '../landlock/access-set.js';
import { closest } from './closest.js';
import type { KeyPath } from './locate.js';
import type { Table, TomlReader } from './toml-reader.js';

/** Reads lists of access rights, and landlockconfig's names for groups of them. */
export class AccessReader {
  /** What the file states, or else the first version that knows every right that it names. */
  readonly abi: number;
  /** What the file states, where that is newer than all that we know. */
  readonly newerAbi: number | undefined;
  readonly #toml: TomlReader;
  readonly #stated: boolean;

  constructor(toml: TomlReader) {
    const stated = toml.root['abi'];
    this.#toml = toml;
    this.#stated = stated !== undefined;
    if (this.#stated && !(Number.isInteger(stated) && Number(stated) >= 1)) {
      toml.fail(['abi'], 'an ABI is a whole number from 1');
    }
    // landlockconfig takes a version that it does not know as the newest that it does.
    this.abi = this.#stated ? Math.min(Number(stated), newestAbi) : leastAbi(toml);
    this.newerAbi = Number(stated) > newestAbi ? Number(stated) : undefined;
  }

  /** The set that a list of names stands for; empty when there is no such key. */
  access<Class extends AccessClass>(
    accessClass: Class,
    table: Table,
    path: KeyPath,
    key: string,
  ): AccessSet<Class> {
    let set = accessSet(accessClass, []);
    for (const [index, name] of this.#toml.strings(table, path, key).entries()) {
      set = union(set, this.#right(accessClass, name, [...path, key, index]));
    }
    return set;
  }

  #right<Class extends AccessClass>(
    accessClass: Class,
    name: string,
    path: KeyPath,
  ): AccessSet<Class> {
    if (name.startsWith('abi.')) return this.#group(accessClass, name, path);
    if (isRightOf(accessClass, name)) return accessSet(accessClass, [name]);
    const noRight = `"${name}" is no access right of Landlock's ${nouns[accessClass]}`;
    return this.#toml.fail(path, `${noRight}${remedyFor(accessClass, name)}`);
  }

  #group<Class extends AccessClass>(
    accessClass: Class,
    name: string,
    path: KeyPath,
  ): AccessSet<Class> {
    if (!this.#stated) {
      return this.#toml.fail(path, `"${name}" depends on "abi", which is missing`);
    }
    const all = allAccess(accessClass, this.abi);
    if (name === 'abi.all') return all;
    const group = accessClass === 'fs' ? groups[name] : undefined;
    if (group !== undefined) return (all & group) as AccessSet<Class>;
    const known = groupNames(accessClass).join(', ');
    return this.#toml.fail(path, `"${name}" is no group of access rights: expected ${known}`);
  }
}

function remedyFor(accessClass: AccessClass, name: string): string {
  const own = accessRights.filter((right) => right.class === accessClass);
  const known = [...own.map((right) => right.name), ...groupNames(accessClass)];
  const meant = closest(name, known);
  if (meant !== undefined) return ` (did you mean ${meant}?)`;
  return `: expected some of ${known.join(', ')}`;
}

function groupNames(accessClass: AccessClass): readonly string[] {
  return accessClass === 'fs' ? ['abi.all', ...Object.keys(groups)] : ['abi.all'];
}

const nouns: Readonly<Record<AccessClass, string>> = {
  fs: 'files',
  net: 'network',
  scope: 'scopes',
};

const groups: Readonly<Record<string, number>> = {
  'abi.read_execute': fsAccess('execute', 'read_file', 'read_dir', 'refer'),
  'abi.read_write': ~fsAccess('execute'),
};

/** Where names of rights stand in a profile. */
const lists: readonly (readonly [AccessClass, string, string])[] = [
  ['fs', 'path_beneath', 'allowed_access'],
  ['net', 'net_port', 'allowed_access'],
  ['fs', 'ruleset', 'handled_access_fs'],
  ['net', 'ruleset', 'handled_access_net'],
  ['scope', 'ruleset', 'scoped'],
];

function leastAbi(toml: TomlReader): number {
  let least = 1;
  for (const [accessClass, tables, key] of lists) {
    for (const [index, table] of toml.tables(tables).entries()) {
      for (const name of toml.strings(table, [tables, index], key)) {
        least = Math.max(least, abiOfRight(accessClass, name) ?? 1);
      }
    }
  }
  return least;
}

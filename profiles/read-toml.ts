import { parse, TomlError } from 'smol-toml';
import { pathFromBytes } from '../kernel/path-bytes.js';
import { type AccessClass, newestAbi } from '../landlock/abi.js';
import {
  type AccessSet,
  abiOfRight,
  accessSet,
  allAccess,
  fsAccess,
  isRightOf,
  netAccess,
  scopeSet,
  union,
} from '../landlock/access-set.js';
import { type KeyPath, locate } from './locate.js';
import type {
  Learned,
  Profile,
  ProfileCreation,
  ProfilePathRule,
  ProfilePortRule,
  Variable,
} from './profile.js';
import { ProfileError } from './profile-error.js';
import { escapeTemplate } from './templates.js';

/**
 * Reads a profile, or a file of landlockconfig, which is one without our additions.
 *
 * @param file - its name, for messages.
 * @throws ProfileError with line and column for whatever is not as it should be.
 */
export function readToml(text: string, file: string): Profile {
  return new Reader(text, file).profile();
}

const topKeys = [
  'abi',
  'variable',
  'ruleset',
  'path_beneath',
  'net_port',
  'create',
  'learned',
  'decision',
];
const unknownAbi = 'an ABI is a whole number from 1';

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #root: Table;
  #abi = newestAbi;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#root = this.#parsed();
  }

  profile(): Profile {
    this.#only(this.#root, [], topKeys);
    const stated = this.#number(this.#root, [], 'abi', { least: 1, expected: unknownAbi });
    this.#abi = Math.min(stated ?? newestAbi, newestAbi);
    const paths = this.#tables('path_beneath').map((table, at) => this.#pathRule(table, at));
    const ports = this.#tables('net_port').map((table, at) => this.#portRule(table, at));
    return {
      abi: stated === undefined ? this.#leastAbi() : this.#abi,
      variables: this.#tables('variable').map((table, at) => this.#variable(table, at)),
      ...this.#handled(paths, ports),
      paths,
      ports,
      creations: this.#tables('create').map((table, at) => this.#creation(table, at)),
      learned: this.#learned(),
    };
  }

  #parsed(): Table {
    try {
      return parse(this.#text) as Table;
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const what = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
      const position = { line: error.line, column: error.column };
      throw new ProfileError(this.#file, position, `this is no TOML: ${what}`);
    }
  }

  /** Rights that rules use are handled, as landlockconfig has it, besides what is stated. */
  #handled(paths: readonly ProfilePathRule[], ports: readonly ProfilePortRule[]) {
    let handledFs = paths.map(({ access }) => access).reduce(union, fsAccess());
    let handledNet = ports.map(({ access }) => access).reduce(union, netAccess());
    let scoped = scopeSet();
    for (const [at, table] of this.#tables('ruleset').entries()) {
      const path = ['ruleset', at];
      this.#only(table, path, ['handled_access_fs', 'handled_access_net', 'scoped']);
      handledFs = union(handledFs, this.#access('fs', table, path, 'handled_access_fs'));
      handledNet = union(handledNet, this.#access('net', table, path, 'handled_access_net'));
      scoped = union(scoped, this.#access('scope', table, path, 'scoped'));
    }
    return { handledFs, handledNet, scoped };
  }

  #pathRule(table: Table, at: number): ProfilePathRule {
    const path = ['path_beneath', at];
    this.#only(table, path, ['allowed_access', 'parent', 'parent_hex']);
    const access = this.#access('fs', table, path, 'allowed_access');
    if (access === 0) this.#fail([...path, 'allowed_access'], 'a rule allows one right or more');
    const parents = [
      ...this.#strings(table, path, 'parent'),
      ...this.#strings(table, path, 'parent_hex').map((hex, index) =>
        this.#rawPath(hex, [...path, 'parent_hex', index]),
      ),
    ];
    if (parents.length === 0) this.#fail(path, 'a rule names one path or more in "parent"');
    for (const [index, parent] of parents.entries()) {
      if (!/^(\/|\$\{)/.test(parent)) {
        this.#fail([...path, 'parent', index], `"${parent}" is no absolute path`);
      }
    }
    return { parents, access, reasons: [] };
  }

  #rawPath(hex: string, path: KeyPath): string {
    if (!/^([0-9a-f]{2})+$/i.test(hex))
      this.#fail(path, 'a raw path is pairs of hexadecimal digits');
    return escapeTemplate(pathFromBytes(Buffer.from(hex, 'hex')));
  }

  #portRule(table: Table, at: number): ProfilePortRule {
    const path = ['net_port', at];
    this.#only(table, path, ['allowed_access', 'port']);
    const access = this.#access('net', table, path, 'allowed_access');
    if (access === 0) this.#fail([...path, 'allowed_access'], 'a rule allows one right or more');
    const ports = this.#array(table, path, 'port').map((port, index) => {
      if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535)
        return port;
      return this.#fail([...path, 'port', index], 'a port is a whole number from 0 to 65535');
    });
    if (ports.length === 0) this.#fail(path, 'a rule names one port or more in "port"');
    return { ports, access, reasons: [] };
  }

  #variable(table: Table, at: number): Variable {
    const path = ['variable', at];
    this.#only(table, path, ['name', 'literal']);
    const name = this.#string(table, path, 'name') ?? this.#fail(path, 'a variable has a "name"');
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
      this.#fail([...path, 'name'], `"${name}" is no name: a letter, then letters, digits and _`);
    }
    return { name, values: this.#strings(table, path, 'literal') };
  }

  #creation(table: Table, at: number): ProfileCreation {
    const at_ = ['create', at];
    this.#only(table, at_, ['path', 'kind', 'mode']);
    const path = this.#string(table, at_, 'path') ?? this.#fail(at_, 'a creation has a "path"');
    const kind = this.#string(table, at_, 'kind') ?? 'directory';
    if (kind !== 'directory' && kind !== 'file') {
      return this.#fail(
        [...at_, 'kind'],
        `"${kind}" cannot be created: "directory" and "file" can`,
      );
    }
    const mode = this.#string(table, at_, 'mode') ?? (kind === 'directory' ? '0755' : '0644');
    if (!/^[0-7]{3,4}$/.test(mode)) {
      this.#fail([...at_, 'mode'], `"${mode}" is no mode: three or four octal digits, as "0755"`);
    }
    return { path, kind, mode: Number.parseInt(mode, 8) };
  }

  #learned(): Learned | undefined {
    const table = this.#root['learned'];
    if (table === undefined) return undefined;
    if (!isTable(table)) return this.#fail(['learned'], '"learned" is a table, [learned]');
    const commands = this.#array(table, ['learned'], 'commands');
    return {
      tool: this.#string(table, ['learned'], 'tool') ?? '',
      tracer: this.#string(table, ['learned'], 'tracer') ?? '',
      commands: commands.filter(isStrings),
      gaps: this.#strings(table, ['learned'], 'gaps'),
      findings: [],
    };
  }

  /** The first ABI that knows every right in the file, where the file does not state one. */
  #leastAbi(): number {
    let least = 1;
    const lists: [AccessClass, Table, string][] = [
      ...this.#tables('path_beneath').map(
        (t) => ['fs', t, 'allowed_access'] as [AccessClass, Table, string],
      ),
      ...this.#tables('net_port').map(
        (t) => ['net', t, 'allowed_access'] as [AccessClass, Table, string],
      ),
      ...this.#tables('ruleset').flatMap((t): [AccessClass, Table, string][] => [
        ['fs', t, 'handled_access_fs'],
        ['net', t, 'handled_access_net'],
        ['scope', t, 'scoped'],
      ]),
    ];
    for (const [accessClass, table, key] of lists) {
      const names = table[key];
      if (!Array.isArray(names)) continue;
      for (const name of names) least = Math.max(least, abiOfRight(accessClass, String(name)) ?? 1);
    }
    return least;
  }

  #access<Class extends AccessClass>(
    accessClass: Class,
    table: Table,
    path: KeyPath,
    key: string,
  ): AccessSet<Class> {
    let set = accessSet(accessClass, []);
    for (const [index, name] of this.#strings(table, path, key).entries()) {
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
    if (!isRightOf(accessClass, name)) {
      return this.#fail(
        path,
        `"${name}" is no access right of Landlock's ${classNames[accessClass]}`,
      );
    }
    return accessSet(accessClass, [name]);
  }

  /** landlockconfig's names for groups of rights, which depend on the file's ABI. */
  #group<Class extends AccessClass>(
    accessClass: Class,
    name: string,
    path: KeyPath,
  ): AccessSet<Class> {
    if (this.#root['abi'] === undefined)
      this.#fail(path, `"${name}" depends on "abi", which is missing`);
    const all = allAccess(accessClass, this.#abi);
    if (name === 'abi.all') return all;
    const reading = fsAccess('execute', 'read_file', 'read_dir', 'refer');
    if (accessClass === 'fs' && name === 'abi.read_execute')
      return (all & reading) as AccessSet<Class>;
    if (accessClass === 'fs' && name === 'abi.read_write') {
      return (all & ~fsAccess('execute')) as AccessSet<Class>;
    }
    return this.#fail(path, `"${name}" is no group of access rights`);
  }

  #tables(key: string): readonly Table[] {
    const value = this.#root[key];
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(isTable)) return value;
    return this.#fail([key], `"${key}" is a list of tables, [[${key}]]`);
  }

  #array(table: Table, path: KeyPath, key: string): readonly unknown[] {
    const value = table[key];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : this.#fail([...path, key], `"${key}" is a list`);
  }

  #strings(table: Table, path: KeyPath, key: string): readonly string[] {
    return this.#array(table, path, key).map((value, index) =>
      typeof value === 'string'
        ? value
        : this.#fail([...path, key, index], `"${key}" is a list of strings`),
    );
  }

  #string(table: Table, path: KeyPath, key: string): string | undefined {
    const value = table[key];
    if (value === undefined || typeof value === 'string') return value;
    return this.#fail([...path, key], `"${key}" is a string`);
  }

  #number(
    table: Table,
    path: KeyPath,
    key: string,
    rule: { readonly least: number; readonly expected: string },
  ): number | undefined {
    const value = table[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= rule.least) return value;
    return this.#fail([...path, key], rule.expected);
  }

  #only(table: Table, path: KeyPath, known: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (!known.includes(key)) {
        this.#fail([...path, key], `"${key}" is not known here; known are ${known.join(', ')}`);
      }
    }
  }

  #fail(path: KeyPath, what: string): never {
    throw new ProfileError(this.#file, locate(this.#text, path), what);
  }
}

type Table = { readonly [key: string]: unknown };

const classNames: Readonly<Record<AccessClass, string>> = {
  fs: 'files',
  net: 'network',
  scope: 'scopes',
};

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

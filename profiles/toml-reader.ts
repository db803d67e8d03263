import { parse, TomlError } from 'smol-toml';
import { type KeyPath, locate } from './locate.js';
import { ProfileError } from './profile-error.js';

/** A table of a TOML document, as it was parsed. */
export type Table = { readonly [key: string]: unknown };

/**
 * A TOML document whose values are asked for by type: whatever is of another is refused with the
 * file, line and column where it stands.
 */
export class TomlReader {
  readonly root: Table;
  readonly #text: string;
  readonly #file: string;

  /** @throws ProfileError when the text is no TOML. */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.root = this.#parsed();
  }

  /** The tables of a list of tables, `[[key]]`; none when there is no such key. */
  tables(key: string): readonly Table[] {
    const value = this.root[key];
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(isTable)) return value;
    return this.fail([key], `"${key}" is a list of tables, [[${key}]]`);
  }

  /** The table `[key]`, where there is one. */
  table(key: string): Table | undefined {
    const value = this.root[key];
    if (value === undefined || isTable(value)) return value;
    return this.fail([key], `"${key}" is a table, [${key}]`);
  }

  /** A list; empty when there is no such key. */
  array(table: Table, path: KeyPath, key: string): readonly unknown[] {
    const value = table[key];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : this.fail([...path, key], `"${key}" is a list`);
  }

  /** A list of strings; empty when there is no such key. */
  strings(table: Table, path: KeyPath, key: string): readonly string[] {
    return this.array(table, path, key).map((value, index) =>
      typeof value === 'string'
        ? value
        : this.fail([...path, key, index], `"${key}" is a list of strings`),
    );
  }

  /** A string; undefined when there is no such key. */
  string(table: Table, path: KeyPath, key: string): string | undefined {
    const value = table[key];
    if (value === undefined || typeof value === 'string') return value;
    return this.fail([...path, key], `"${key}" is a string`);
  }

  /** Refuses keys that are not among the known ones: a misspelt right would silently be none. */
  only(table: Table, path: KeyPath, known: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (!known.includes(key)) {
        this.fail([...path, key], `"${key}" is not known here; known are ${known.join(', ')}`);
      }
    }
  }

  /** Refuses the value at `path`. @throws ProfileError always. */
  fail(path: KeyPath, what: string): never {
    throw new ProfileError(this.#file, locate(this.#text, path), what);
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
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

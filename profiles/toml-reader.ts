import { parse, TomlError } from 'smol-toml';
import { closest } from './closest.js';
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
        const meant = closest(key, known);
        const remedy =
          meant === undefined ? `; known are ${known.join(', ')}` : ` (did you mean ${meant}?)`;
        this.fail([...path, key], `"${key}" is not known here${remedy}`);
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
      const { line, column } = error;
      const remedy = remedyFor(what, this.#text, line);
      throw new ProfileError(this.#file, { line, column }, `this is no TOML: ${what}${remedy}`);
    }
  }
}

/** What to do about a text that the parser refuses, by its own words. */
function remedyFor(what: string, text: string, line: number): string {
  if (/^\s*\{/.test(text)) return ' (it looks like JSON, and a profile is TOML)';
  if (/^\s*<[!?a-z]/i.test(text)) return ' (it looks like a page of a web server)';
  if (what.includes('redefine')) return ' (it stands there twice: keep one)';
  if (what.includes('nested')) return ' (no profile needs them)';
  const isUnfinished = /unfinished|incomplete|end of/.test(what);
  if (isUnfinished && isLastLine(text, line)) return ' (the file may be cut off)';
  if (what.includes('unfinished string')) return ' (it ends with the quote that it began with)';
  if (what.includes('losslessly')) return ' (no number of a profile is as large)';
  if (what.includes('unicode escape')) {
    return ' (\\u has four hexadecimal digits, \\U eight, and neither half a pair of surrogates)';
  }
  if (/key|end-of-line/.test(what)) return ' (expected KEY = VALUE, [[table]] or # comment)';
  return ' (https://toml.io/en/v1.0.0 tells how it is spelled)';
}

function isLastLine(text: string, line: number): boolean {
  let start = 0;
  for (let number = 1; number <= line; number++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return true;
    start = end + 1;
  }
  return text.slice(start).trim() === '';
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

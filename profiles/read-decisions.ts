import {
  type Action,
  type Decision,
  everyFsRight,
  everyNetRight,
  type Subject,
} from '../inference/decisions/decision.js';
import { pathFromBytes } from '../kernel/path-bytes.js';
import type { AccessClass } from '../landlock/abi.js';
import { type AccessSet, isRightOf } from '../landlock/access-set.js';
import type { AccessReader } from './read-access.js';
import type { Table, TomlReader } from './toml-reader.js';

/**
 * Reads the decisions of a profile, or of a file that has nothing else.
 *
 * @throws ProfileError for a table that says nothing, or what no decision can say.
 */
export function readDecisions(toml: TomlReader, rights: AccessReader): readonly Decision[] {
  return toml
    .tables('decision')
    .map((table, at) => new DecisionReader(toml, rights, table, at).read());
}

const actions: readonly Action[] = ['allow', 'deny', 'ignore', 'fold', 'pin', 'add', 'variable'];

const keys = [
  ...['action', 'path', 'path_hex', 'beneath', 'program', 'program_hex', 'port', 'scope', 'name'],
  ...['access', 'dearness', 'reason'],
];

class DecisionReader {
  readonly #toml: TomlReader;
  readonly #rights: AccessReader;
  readonly #table: Table;
  readonly #place: readonly [string, number];

  constructor(toml: TomlReader, rights: AccessReader, table: Table, at: number) {
    this.#toml = toml;
    this.#rights = rights;
    this.#table = table;
    this.#place = ['decision', at];
  }

  read(): Decision {
    this.#toml.only(this.#table, this.#place, keys);
    const action = this.#action();
    const subject = this.#subject(action);
    const isElsewhere = subject.kind !== 'path' && subject.kind !== 'folding';
    if (isElsewhere && !['allow', 'deny', 'ignore', 'variable'].includes(action)) {
      this.#fail('action', `"${action}" is about a "path"`);
    }
    if ('access' in subject && subject.access === 0) {
      this.#fail('access', 'a decision is about one right or more');
    }
    return { action, subject, reason: this.#string('reason') ?? '' };
  }

  #action(): Action {
    const text = this.#string('action');
    const known = `one of ${actions.join(', ')}`;
    if (text === undefined)
      return this.#toml.fail(this.#place, `a decision has an "action": ${known}`);
    return (
      actions.find((action) => action === text) ?? this.#fail('action', `"${text}" is not ${known}`)
    );
  }

  #subject(action: Action): Subject {
    const path = this.#path('path');
    const program = this.#path('program');
    const port = this.#table['port'];
    const scope = this.#string('scope');
    if (action === 'variable') return this.#variable(path);
    const dearness = this.#table['dearness'];
    if (action === 'fold' && dearness !== undefined) {
      if (typeof dearness === 'number' && dearness > 0) return { kind: 'folding', dearness };
      return this.#fail('dearness', 'what widening costs is a number above 0, or inf');
    }
    if (path !== undefined) {
      const beneath = this.#table['beneath'] ?? false;
      if (typeof beneath !== 'boolean') return this.#fail('beneath', '"beneath" is true or false');
      if (action === 'add' && this.#table['access'] === undefined) {
        return this.#fail('action', 'what is added is named in "access"');
      }
      return { kind: 'path', path, beneath, access: this.#access('fs', everyFsRight) };
    }
    if (program !== undefined) {
      return { kind: 'program', program, access: this.#access('fs', everyFsRight) };
    }
    if (port !== undefined) {
      const whole =
        typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535;
      if (!whole) return this.#fail('port', 'a port is a whole number from 0 to 65535');
      return { kind: 'port', port, access: this.#access('net', everyNetRight) };
    }
    if (scope !== undefined) {
      if (isRightOf('scope', scope)) return { kind: 'scope', scope };
      return this.#fail('scope', `"${scope}" is no scope of Landlock's`);
    }
    return this.#toml.fail(
      this.#place,
      'a decision is about a "path", a "program", a "port" or a "scope"',
    );
  }

  #variable(path: string | undefined): Subject {
    const name = this.#string('name');
    if (name === undefined || !/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
      return this.#fail('name', 'a variable has a "name": a letter, then letters, digits and _');
    }
    if (path === undefined || path === '/') {
      return this.#fail('path', 'a variable stands for the beginning of a "path"');
    }
    return { kind: 'variable', name, path };
  }

  #access<Class extends AccessClass>(
    accessClass: Class,
    every: AccessSet<Class>,
  ): AccessSet<Class> {
    if (this.#table['access'] === undefined) return every;
    return this.#rights.access(accessClass, this.#table, this.#place, 'access');
  }

  #path(key: 'path' | 'program'): string | undefined {
    const text = this.#string(key);
    if (text !== undefined) {
      if (/^\/$|^(\/[^/]+)+$/.test(text)) return text;
      return this.#fail(key, `"${text}" is no absolute path without a slash at its end`);
    }
    const hex = this.#string(`${key}_hex`);
    if (hex === undefined) return undefined;
    if (/^2f([0-9a-f]{2})*$/i.test(hex)) return pathFromBytes(Buffer.from(hex, 'hex'));
    return this.#fail(`${key}_hex`, 'a raw path is the hexadecimal digits of its bytes');
  }

  #string(key: string): string | undefined {
    return this.#toml.string(this.#table, this.#place, key);
  }

  #fail(key: string, what: string): never {
    return this.#toml.fail([...this.#place, key], what);
  }
}

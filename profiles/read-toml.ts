import { pathFromBytes } from '../kernel/path-bytes.js';
import { fsAccess, netAccess, scopeSet, union } from '../landlock/access-set.js';
import type { KeyPath } from './locate.js';
import type {
  Learned,
  Profile,
  ProfileCreation,
  ProfilePathRule,
  ProfilePortRule,
  Variable,
} from './profile.js';
import { AccessReader } from './read-access.js';
import { readDecisions } from './read-decisions.js';
import { type TableHead, tableHeads } from './table-comments.js';
import { escapeTemplate } from './templates.js';
import { type Table, TomlReader } from './toml-reader.js';

/**
 * Reads a profile, or a file of landlockconfig, which is one without our additions.
 *
 * @param file - its name, for messages.
 * @throws ProfileError with line and column for whatever is not as it should be.
 */
export function readToml(text: string, file: string): Profile {
  const toml = new TomlReader(text, file);
  toml.only(toml.root, [], topKeys);
  const rights = new AccessReader(toml);
  const heads = tableHeads(text);
  const told = (name: string, at: number) => toldAt(file, heads.get(name)?.[at]);
  const paths = toml
    .tables('path_beneath')
    .map((table, at) => ({ ...pathRule(toml, rights, table, at), ...told('path_beneath', at) }));
  const decisions = readDecisions(toml, rights);
  const ports = toml
    .tables('net_port')
    .map((table, at) => ({ ...portRule(toml, rights, table, at), ...told('net_port', at) }));
  return {
    abi: rights.abi,
    ...(rights.newerAbi === undefined ? {} : { newerAbi: rights.newerAbi }),
    variables: toml.tables('variable').map((table, at) => variable(toml, table, at)),
    ...handled(toml, rights, paths, ports),
    paths,
    ports,
    creations: toml.tables('create').map((table, at) => creation(toml, table, at)),
    learned: learned(toml, text),
    ...(decisions.length === 0 ? {} : { decisions }),
  };
}

const topKeys = [
  ...['abi', 'variable', 'ruleset', 'path_beneath', 'net_port', 'create', 'decision', 'learned'],
];

/** Why a rule is there, and where; nothing for one that has no line of its own. */
function toldAt(
  file: string,
  head: TableHead | undefined,
): Pick<ProfilePathRule, 'reasons' | 'source'> {
  if (head === undefined) return { reasons: [] };
  return { reasons: head.comments, source: { file, line: head.line } };
}

/** Rights that rules use are handled, as landlockconfig has it, besides what is stated. */
function handled(
  toml: TomlReader,
  rights: AccessReader,
  paths: readonly ProfilePathRule[],
  ports: readonly ProfilePortRule[],
) {
  let handledFs = paths.map(({ access }) => access).reduce(union, fsAccess());
  let handledNet = ports.map(({ access }) => access).reduce(union, netAccess());
  let scoped = scopeSet();
  for (const [at, table] of toml.tables('ruleset').entries()) {
    const path = ['ruleset', at];
    toml.only(table, path, ['handled_access_fs', 'handled_access_net', 'scoped']);
    handledFs = union(handledFs, rights.access('fs', table, path, 'handled_access_fs'));
    handledNet = union(handledNet, rights.access('net', table, path, 'handled_access_net'));
    scoped = union(scoped, rights.access('scope', table, path, 'scoped'));
  }
  return { handledFs, handledNet, scoped };
}

function pathRule(
  toml: TomlReader,
  rights: AccessReader,
  table: Table,
  at: number,
): Pick<ProfilePathRule, 'parents' | 'access'> {
  const path = ['path_beneath', at];
  toml.only(table, path, ['allowed_access', 'parent', 'parent_hex']);
  const access = rights.access('fs', table, path, 'allowed_access');
  if (access === 0) toml.fail([...path, 'allowed_access'], 'a rule allows one right or more');
  const texts = toml.strings(table, path, 'parent');
  for (const [index, parent] of texts.entries()) {
    if (parent.includes('\0')) toml.fail([...path, 'parent', index], noZeroByte);
    if (/^(\/|\$\{)/.test(parent)) continue;
    toml.fail([...path, 'parent', index], `"${parent}" is no absolute path`);
  }
  const raw = toml
    .strings(table, path, 'parent_hex')
    .map((hex, index) => rawPath(toml, hex, [...path, 'parent_hex', index]));
  const parents = [...texts, ...raw];
  if (parents.length === 0) toml.fail(path, 'a rule names one path or more in "parent"');
  return { parents, access };
}

/** For the kernel it ends there, and would be another path. */
const noZeroByte = 'a path holds no zero byte';

function rawPath(toml: TomlReader, hex: string, path: KeyPath): string {
  if (!/^2f([0-9a-f]{2})*$/i.test(hex)) {
    toml.fail(path, 'a raw path is the hexadecimal digits of its bytes, and begins with 2f');
  }
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.includes(0)) toml.fail(path, noZeroByte);
  return escapeTemplate(pathFromBytes(bytes));
}

function portRule(
  toml: TomlReader,
  rights: AccessReader,
  table: Table,
  at: number,
): Pick<ProfilePortRule, 'ports' | 'access'> {
  const path = ['net_port', at];
  toml.only(table, path, ['allowed_access', 'port']);
  const access = rights.access('net', table, path, 'allowed_access');
  if (access === 0) toml.fail([...path, 'allowed_access'], 'a rule allows one right or more');
  const ports = toml.array(table, path, 'port').map((port, index) => {
    const whole = typeof port === 'number' && Number.isInteger(port);
    if (whole && port >= 0 && port <= 65535) return port;
    return toml.fail([...path, 'port', index], 'a port is a whole number from 0 to 65535');
  });
  if (ports.length === 0) toml.fail(path, 'a rule names one port or more in "port"');
  return { ports, access };
}

function variable(toml: TomlReader, table: Table, at: number): Variable {
  const path = ['variable', at];
  toml.only(table, path, ['name', 'literal']);
  const name = toml.string(table, path, 'name') ?? toml.fail(path, 'a variable has a "name"');
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    toml.fail([...path, 'name'], `"${name}" is no name: a letter, then letters, digits and _`);
  }
  const values = toml.strings(table, path, 'literal');
  const zero = values.findIndex((value) => value.includes('\0'));
  if (zero !== -1) toml.fail([...path, 'literal', zero], noZeroByte);
  return { name, values };
}

function creation(toml: TomlReader, table: Table, at: number): ProfileCreation {
  const place = ['create', at];
  toml.only(table, place, ['path', 'kind', 'mode']);
  const path = toml.string(table, place, 'path') ?? toml.fail(place, 'a creation has a "path"');
  if (path.includes('\0')) toml.fail([...place, 'path'], noZeroByte);
  if (!/^(\/|\$\{)/.test(path)) toml.fail([...place, 'path'], `"${path}" is no absolute path`);
  const kind = toml.string(table, place, 'kind') ?? 'directory';
  if (kind !== 'directory' && kind !== 'file') {
    return toml.fail([...place, 'kind'], `"${kind}" is neither "directory" nor "file"`);
  }
  const mode = toml.string(table, place, 'mode') ?? (kind === 'directory' ? '0755' : '0644');
  if (!/^[0-7]{3,4}$/.test(mode)) {
    toml.fail([...place, 'mode'], `"${mode}" is no mode: three or four octal digits, as "0755"`);
  }
  return { path, kind, mode: Number.parseInt(mode, 8) };
}

function learned(toml: TomlReader, text: string): Learned | undefined {
  const table = toml.table('learned');
  if (table === undefined) return undefined;
  const path = ['learned'];
  const gaps = toml.strings(table, path, 'gaps');
  return {
    tool: toml.string(table, path, 'tool') ?? '',
    tracer: toml.string(table, path, 'tracer') ?? '',
    commands: toml.array(table, path, 'commands').filter(isStrings),
    gaps,
    findings: notesAtTop(text).filter((note) => !gaps.includes(note)),
  };
}

/** The lines `# ! …` of the comment that a learned file begins with. */
function notesAtTop(text: string): readonly string[] {
  const [top = ''] = /^(?:#.*\n)*/.exec(text) ?? [];
  return [...top.matchAll(/^# ! (.*)$/gm)].map(([, note = '']) => note);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

import { hasEscapedBytes, pathToBytes } from '../kernel/path-bytes.js';
import type { AccessClass } from '../landlock/abi.js';
import { type AccessSet, accessNames, allAccess } from '../landlock/access-set.js';
import type { Learned, Profile, ProfileCreation } from './profile.js';
import { tomlComment, tomlString, tomlStrings } from './toml-text.js';
import { decisionTables } from './write-decisions.js';

export interface TomlStyle {
  /**
   * Whether to write what landlockconfig does not know, such as `[[create]]` and `[learned]`, and to
   * leave to the surroundings what they define.
   */
  readonly extras: boolean;
}

/** A profile's file: sorted as the profile is, a reason above each rule. */
export function writeToml(profile: Profile, style: TomlStyle = { extras: true }): string {
  return [
    header(profile),
    `abi = ${profile.abi}\n`,
    ...profile.variables
      .filter(({ ambient }) => !style.extras || ambient === undefined)
      .map(
        ({ name, values }) =>
          `\n[[variable]]\nname = ${tomlString(name)}\nliteral = ${tomlStrings(values)}\n`,
      ),
    rulesetTable(profile),
    ...(style.extras ? profile.creations.map(creationTable) : []),
    ...profile.paths.map((rule) => pathTable(rule)),
    ...profile.ports.map(portTable),
    ...(style.extras ? [decisionTables(profile.decisions ?? [])] : []),
    ...(style.extras && profile.learned !== undefined ? [learnedTable(profile.learned)] : []),
  ].join('');
}

function header({ learned }: Profile): string {
  if (learned === undefined) return '';
  const command = learned.commands.map((words) => words.join(' ')).join(' | ');
  return [
    tomlComment(`Landlock profile, learned from: ${command}`),
    tomlComment('It grants what the program did while it was watched, and knows of nothing else.'),
    ...[...learned.findings, ...learned.gaps].map((sentence) => tomlComment(`! ${sentence}`)),
    '\n',
  ].join('');
}

function rulesetTable(profile: Profile): string {
  const { abi } = profile;
  return [
    '\n[[ruleset]]\n',
    handled('handled_access_fs', 'fs', profile.handledFs, abi),
    handled('handled_access_net', 'net', profile.handledNet, abi),
    handled('scoped', 'scope', profile.scoped, abi),
  ].join('');
}

function handled<Class extends AccessClass>(
  key: string,
  accessClass: Class,
  set: AccessSet<Class>,
  abi: number,
): string {
  if (set === 0) return '';
  const names = set === allAccess(accessClass, abi) ? ['abi.all'] : accessNames(accessClass, set);
  return `${key} = ${tomlStrings(names)}\n`;
}

function pathTable({ parents, access, reasons }: Profile['paths'][number]): string {
  const texts = parents.filter((path) => !hasEscapedBytes(path));
  const raw = parents.filter(hasEscapedBytes);
  return [
    '\n',
    ...reasons.map(tomlComment),
    '[[path_beneath]]\n',
    `allowed_access = ${tomlStrings(accessNames('fs', access))}\n`,
    texts.length > 0 ? `parent = ${stringList(texts)}\n` : '',
    raw.length > 0 ? `parent_hex = ${tomlStrings(raw.map(hexadecimal))}\n` : '',
  ].join('');
}

/** On one line where it is short, else one on a line, so that a difference shows which. */
function stringList(texts: readonly string[]): string {
  if (texts.length < 2) return tomlStrings(texts);
  return `[\n${texts.map((text) => `  ${tomlString(text)},\n`).join('')}]`;
}

/** The bytes of a path that is no UTF-8, which TOML cannot hold as a string. */
function hexadecimal(path: string): string {
  return pathToBytes(path.replaceAll('$$', '$')).toString('hex');
}

function portTable({ ports, access, reasons }: Profile['ports'][number]): string {
  return [
    '\n',
    ...reasons.map(tomlComment),
    '[[net_port]]\n',
    `allowed_access = ${tomlStrings(accessNames('net', access))}\n`,
    `port = [${ports.join(', ')}]\n`,
  ].join('');
}

function creationTable({ path, kind, mode }: ProfileCreation): string {
  return [
    '\n',
    tomlComment('made before enforcing, so that a rule can lie on it and not on what is above'),
    '[[create]]\n',
    `path = ${tomlString(path)}\n`,
    `kind = ${tomlString(kind)}\n`,
    `mode = ${tomlString(mode.toString(8).padStart(4, '0'))}\n`,
  ].join('');
}

function learnedTable({ tool, tracer, commands, gaps }: Learned): string {
  return [
    '\n[learned]\n',
    `tool = ${tomlString(tool)}\n`,
    `tracer = ${tomlString(tracer)}\n`,
    `commands = [${commands.map(tomlStrings).join(', ')}]\n`,
    `gaps = ${tomlStrings(gaps)}\n`,
  ].join('');
}

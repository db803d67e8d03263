import { type Decision, everyFsRight, everyNetRight } from '../inference/decisions/decision.js';
import { hasEscapedBytes, pathToBytes } from '../kernel/path-bytes.js';
import { accessNames } from '../landlock/access-set.js';
import { tomlString, tomlStrings } from './toml-text.js';

/** What was decided in a review, a table each: what is learned later is decided the same. */
export function decisionTables(decisions: readonly Decision[]): string {
  return decisions.map(decisionTable).join('');
}

function decisionTable({ action, subject, reason }: Decision): string {
  return [
    '\n[[decision]]\n',
    `action = ${tomlString(action)}\n`,
    ...subjectLines(subject),
    reason === '' ? '' : `reason = ${tomlString(reason)}\n`,
  ].join('');
}

function subjectLines(subject: Decision['subject']): readonly string[] {
  switch (subject.kind) {
    case 'path':
      return [
        pathLine('path', subject.path),
        subject.beneath ? 'beneath = true\n' : '',
        subject.access === everyFsRight ? '' : accessLine(accessNames('fs', subject.access)),
      ];
    case 'program':
      return [
        pathLine('program', subject.program),
        subject.access === everyFsRight ? '' : accessLine(accessNames('fs', subject.access)),
      ];
    case 'port':
      return [
        `port = ${subject.port}\n`,
        subject.access === everyNetRight ? '' : accessLine(accessNames('net', subject.access)),
      ];
    case 'scope':
      return [`scope = ${tomlString(subject.scope)}\n`];
    case 'folding':
      return [`dearness = ${dearnessText(subject.dearness)}\n`];
    case 'variable':
      return [`name = ${tomlString(subject.name)}\n`, pathLine('path', subject.path)];
  }
}

/** TOML's spelling of a float. */
function dearnessText(dearness: number): string {
  return dearness === Number.POSITIVE_INFINITY ? 'inf' : String(dearness);
}

/** A path that is no UTF-8 stands as the hexadecimal digits of its bytes. */
function pathLine(key: 'path' | 'program', path: string): string {
  return hasEscapedBytes(path)
    ? `${key}_hex = ${tomlString(pathToBytes(path).toString('hex'))}\n`
    : `${key} = ${tomlString(path)}\n`;
}

function accessLine(names: readonly string[]): string {
  return `access = ${tomlStrings(names)}\n`;
}

import { printable } from '../../tui/printable.js';
import type { FindingRule, VerifyFinding } from './finding.js';

/** What a report for JUnit's readers is about. */
export interface JunitSubject {
  /** The profile's file. */
  readonly file: string;
  readonly command: string;
  readonly findings: readonly VerifyFinding[];
  /** What was looked for and is well, by the rule that it would have been a finding of. */
  readonly passed: readonly { readonly rule: FindingRule; readonly what: string }[];
}

/**
 * A report as JUnit's readers in CI take it: one suite, in which each thing that was looked for is a
 * test case, and each finding a failure. There are no times in it, so that the same run gives the
 * same file.
 */
export function junitReport({ file, command, findings, passed }: JunitSubject): string {
  const cases = [
    ...findings.map(failedCase),
    ...passed.map(({ rule, what }) => `    ${opened(rule, what)}/>\n`),
  ];
  const counts = `tests="${cases.length}" failures="${findings.length}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="ll-learn verify" ${counts}>\n`,
    `  <testsuite name="${escaped(file)}" ${counts}>\n`,
    `    <properties>\n      <property name="command" value="${escaped(command)}"/>\n    </properties>\n`,
    ...cases,
    '  </testsuite>\n</testsuites>\n',
  ].join('');
}

function failedCase({ rule, severity, sentence, details, source }: VerifyFinding): string {
  const at = source === undefined ? [] : [`${source.file}:${source.line}`];
  const text = [sentence, ...details, ...at].join('\n');
  return [
    `    ${opened(rule, sentence)}>\n`,
    `      <failure type="${severity}" message="${escaped(sentence)}">${escapedText(text)}</failure>\n`,
    '    </testcase>\n',
  ].join('');
}

function opened(rule: FindingRule, name: string): string {
  return `<testcase classname="ll-learn.${rule}" name="${escaped(name)}"`;
}

/** XML 1.0 can carry neither control characters nor lone surrogates, nor these two. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function escapedText(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}

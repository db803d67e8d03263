import { findingText } from '../inference/finding-text.js';
import type { FamilyRules, Finding, Inference, PathRule } from '../inference/inference.js';
import { remainingFamilies } from '../inference/remaining-families.js';
import { openingText } from '../profiles/opening.js';
import { describeGap, type Gap } from '../tracer/trace.js';
import { printable } from '../tui/printable.js';

/** What a summary tells besides the rules. */
export interface Summarised {
  readonly name: string;
  /** How the run ended, as the end of a sentence about it. */
  readonly ended: string;
  readonly gaps: readonly Gap[];
  readonly output: string;
  /** The command line that enforces the profile. */
  readonly next: string;
  /** Whether the rules were added to others. */
  readonly added: boolean;
}

/** What was learned, in a few lines for people. */
export function summary(
  { name, ended, gaps, output, next, added }: Summarised,
  inference: Inference,
): string {
  const { paths, ports, creations, findings, unscoped } = inference;
  const parts = [
    counted(paths.length, added ? 'further rule' : 'rule'),
    ports.length > 0 ? counted(ports.length, 'port') : '',
    creations.length > 0 ? `${creations.length} to create` : '',
  ].filter((part) => part !== '');
  return [
    `${name} ${ended}; wrote ${output}: ${parts.join(', ')} for ABI ${inference.abi}`,
    ...familyLine(remainingFamilies(inference)),
    ...wideningLine(paths),
    ...findingLines(findings),
    ...unscoped.map(({ scope }) => `! the scope ${scope} is not set, since it went outside`),
    ...gaps.map((gap) => `! ${describeGap(gap)}`),
    `enforce it: ${next}`,
  ].join('\n');
}

function familyLine(families: readonly FamilyRules[]): readonly string[] {
  if (families.length === 0) return [];
  const count = families.reduce((sum, { paths }) => sum + paths.length, 0);
  const names = families.map(({ name, paths }) => `${name} ${paths.length}`);
  return [`${count} of them are what many programs need: ${names.join(', ')}`];
}

/** What the rules open that nothing used, all together. */
function wideningLine(rules: readonly PathRule[]): readonly string[] {
  const opening = openingText(rules);
  return opening === '' ? [] : [`opens more than was used: ${opening}`];
}

/** The worst of many; all of them stand at the top of the profile. */
function findingLines(findings: readonly Finding[]): readonly string[] {
  const told = findings.length > mostFindings + 1 ? findings.slice(0, mostFindings) : findings;
  const rest = findings.length - told.length;
  return [
    ...told.map((finding) => `! ${printable(findingText(finding))}`),
    ...(rest > 0 ? [`! and ${rest} more findings, at the top of the profile`] : []),
  ];
}

const mostFindings = 12;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

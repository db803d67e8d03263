import type { Severity } from '../../inference/severity.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import { printable } from '../../tui/printable.js';
import { type FindingRule, findingRules, type VerifyFinding } from './finding.js';

/** What a log of SARIF is about. */
export interface SarifSubject {
  readonly version: string;
  /** The profile's file: where a finding is that has no place of its own. */
  readonly file: string;
  readonly findings: readonly VerifyFinding[];
}

/**
 * Findings in the Static Analysis Results Interchange Format (OASIS, SARIF 2.1.0), one run, each at
 * a line of a profile. Fingerprints hold over runs, so that a reader knows a finding again.
 */
export function sarifLog({ version, file, findings }: SarifSubject): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'll-learn', version, rules: ruleIds.map(ruleObject) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, file)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const ruleIds = Object.keys(findingRules) as FindingRule[];

function ruleObject(id: FindingRule) {
  const { name, short, full } = findingRules[id];
  return { id, name, shortDescription: { text: short }, fullDescription: { text: full } };
}

function result({ rule, severity, about, sentence, details, source }: VerifyFinding, file: string) {
  return {
    ruleId: rule,
    ruleIndex: ruleIds.indexOf(rule),
    level: levels[severity],
    message: { text: [sentence, ...details].map(printable).join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(source?.file ?? file) },
          region: { startLine: source?.line ?? 1 },
        },
      },
    ],
    partialFingerprints: { 'finding/v1': `${rule} ${printable(about)}` },
  };
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** A relative reference, or one of the scheme `file` (RFC 3986), byte for byte. */
function uriOf(file: string): string {
  const bytes = pathToBytes(file.replace(/^(\.\/)+/, ''));
  const escaped = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9._~/-]/.test(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `${file.startsWith('/') ? 'file://' : ''}${escaped.join('')}`;
}

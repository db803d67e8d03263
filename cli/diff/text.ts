import type { Severity } from '../../inference/severity.js';
import { severities } from '../../inference/severity.js';
import type { Difference } from '../../profiles/diff/difference.js';
import { differenceText } from '../../tui/difference-text.js';
import { printable } from '../../tui/printable.js';

/** Differences for people, a line each, and a line that sums them up with the worst first. */
export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'both allow the same\n';
  const lines = [...differences.map(differenceText), summaryLine(differences)];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function summaryLine(differences: readonly Difference[]): string {
  return (['granted', 'taken'] as const)
    .map((sign) => [sign, differences.filter((each) => each.sign === sign)] as const)
    .map(([sign, of]) => `${sign}: ${of.length === 0 ? 'nothing' : countedText(of)}`)
    .join('; ');
}

/** `1 critical, 2 high, 4 others`. */
function countedText(differences: readonly Difference[]): string {
  const counts = new Map<Severity | undefined, number>();
  for (const difference of differences) {
    const severity = difference.kind === 'path' ? difference.severity : undefined;
    counts.set(severity, (counts.get(severity) ?? 0) + 1);
  }
  const weighed = severities.flatMap((severity) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [`${count} ${severity}`];
  });
  const others = counts.get(undefined);
  if (others === undefined) return weighed.join(', ');
  return weighed.length === 0 ? String(others) : `${weighed.join(', ')}, ${others} other`;
}

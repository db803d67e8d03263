import type { Severity } from '../../inference/severity.js';
import { severities } from '../../inference/severity.js';
import { accessNames } from '../../landlock/access-set.js';
import type { Difference } from '../../profiles/diff/difference.js';
import { printable } from '../../tui/printable.js';

/** Differences for people, a line each, and a line that sums them up with the worst first. */
export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'both allow the same\n';
  const lines = [...differences.map(differenceLine), summaryLine(differences)];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** `+ /etc/hosts read_file (low)`. */
export function differenceLine(difference: Difference): string {
  const sign = difference.sign === 'granted' ? '+' : '-';
  return `${sign} ${subjectText(difference)}`;
}

function subjectText(difference: Difference): string {
  switch (difference.kind) {
    case 'path': {
      const { path, access, severity, sign, except } = difference;
      const weighed = severity === undefined ? '' : ` (${severity})`;
      return `${path} ${accessNames('fs', access).join(', ')}${weighed}${exceptText(sign, except)}`;
    }
    case 'port':
      return `port ${difference.port} ${accessNames('net', difference.access).join(', ')}`;
    case 'unrestricted':
      return difference.sign === 'granted'
        ? `${difference.rights.join(', ')}: not restricted any more`
        : `${difference.rights.join(', ')}: restricted now, but for what rules allow`;
    case 'unscoped':
      return `${outsideOf[difference.scope]} (the scope ${difference.scope})`;
    case 'variable':
      return `\${${difference.name}} is ${difference.value}`;
    case 'creation': {
      const { kind, path, mode } = difference.creation;
      return `makes the ${kind} ${path} with mode ${mode.toString(8).padStart(4, '0')}`;
    }
  }
}

const outsideOf = {
  signal: 'signals to processes outside',
  abstract_unix_socket: 'abstract UNIX sockets of processes outside',
} as const;

function exceptText(sign: Difference['sign'], except: readonly string[]): string {
  if (except.length === 0) return '';
  const more = except.length > mostNamed ? ` and ${except.length - mostNamed} more` : '';
  const named = `${except.slice(0, mostNamed).join(', ')}${more}`;
  return sign === 'granted' ? `; before only on ${named}` : `; still on ${named}`;
}

const mostNamed = 3;

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

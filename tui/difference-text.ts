import { accessNames } from '../landlock/access-set.js';
import type { Difference } from '../profiles/diff/difference.js';

/** `+ /etc/hosts read_file (low)`. */
export function differenceText(difference: Difference): string {
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
      return `\${${difference.name}} is ${difference.value ?? 'what it is where it is enforced'}`;
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

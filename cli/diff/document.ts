import { accessNames } from '../../landlock/access-set.js';
import type { Difference } from '../../profiles/diff/difference.js';

/** What `diff --json` gives. See docs/json.md. */
export function differencesDocument(
  old: string,
  next: string | null,
  differences: readonly Difference[],
): string {
  const document = {
    old,
    new: next,
    equal: differences.length === 0,
    widens: differences.some(({ sign }) => sign === 'granted'),
    differences: differences.map(differenceDocument),
  };
  return `${JSON.stringify(document)}\n`;
}

/** One difference as data. */
export function differenceDocument(difference: Difference) {
  switch (difference.kind) {
    case 'path':
      return {
        ...difference,
        access: accessNames('fs', difference.access),
        severity: difference.severity ?? null,
      };
    case 'port':
      return { ...difference, access: accessNames('net', difference.access) };
    case 'creation': {
      const { sign, kind, creation } = difference;
      const { path, kind: what, mode } = creation;
      return { sign, kind, path, what, mode: mode.toString(8).padStart(4, '0') };
    }
    case 'unrestricted':
    case 'unscoped':
    case 'variable':
      return difference;
  }
}

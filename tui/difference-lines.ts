import { type Change, profileDifference } from '../profiles/difference.js';
import type { Profile } from '../profiles/profile.js';
import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { wrap } from './width.js';

/** What the file on the disk says otherwise than the one that would be written. */
export function differenceLines(
  onDisk: Profile | undefined,
  wanted: Profile,
  columns: number,
): readonly Line[] {
  if (onDisk === undefined) return [line('There is no profile on the disk yet: all of it is new.')];
  const changes = profileDifference(onDisk, wanted);
  if (changes.length === 0) return [line('It grants the same as the file on the disk.')];
  return changes.flatMap((change) => changeLines(change, columns));
}

function changeLines(change: Change, columns: number): readonly Line[] {
  const sign = change.removed.length === 0 ? '+' : change.added.length === 0 ? '-' : '~';
  const on = change.kind === 'handled' ? `handled: ${change.on}` : printable(change.on);
  const still =
    change.still.length === 0
      ? []
      : [`  a rule above grants it, before or after: ${change.still.join(', ')}`];
  return [
    ...wrap(`${sign} ${on}`, columns).map((text) => line(text, styles[sign])),
    ...rightLines('+', change.added, columns),
    ...rightLines('-', change.removed, columns),
    ...still.flatMap((text) => wrap(text, columns)).map((text) => line(text, 'faint')),
  ];
}

const styles = { '+': 'allowed', '-': 'denied', '~': 'mixed' } as const;

function rightLines(sign: '+' | '-', rights: readonly string[], columns: number): readonly Line[] {
  if (rights.length === 0) return [];
  const text = rights.map((right) => `${sign}${right}`).join(' ');
  return wrap(text, Math.max(columns - 4, 10)).map((part) => line(`    ${part}`, styles[sign]));
}

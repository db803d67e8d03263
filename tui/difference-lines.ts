import type { Difference } from '../profiles/diff/difference.js';
import { differenceText } from './difference-text.js';
import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { wrap } from './width.js';

/**
 * What the profile that would be written allows otherwise than the one on the disk.
 *
 * @param differences - undefined where there is none on the disk.
 */
export function differenceLines(
  differences: readonly Difference[] | undefined,
  columns: number,
): readonly Line[] {
  if (differences === undefined) {
    return [line('There is no profile on the disk yet: all of it is new.')];
  }
  if (differences.length === 0) return [line('It allows the same as the file on the disk.')];
  return differences.flatMap((difference) =>
    wrap(printable(differenceText(difference)), columns).map((text) =>
      line(text, difference.sign === 'granted' ? 'allowed' : 'denied'),
    ),
  );
}

import { readFileSync, statSync } from 'node:fs';
import { CommandError } from './errors.js';

/**
 * Refuses to replace a file that was not learned: someone wrote it by hand.
 *
 * @throws CommandError that names what to do instead.
 */
export function mayReplace(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size === 0) return;
  if (/^\[learned\]/m.test(readFileSync(file, 'utf8'))) return;
  throw new CommandError(
    `${file} exists and was not written by ll-learn (it has no [learned]): it stays as it is. Move it away, or write elsewhere with --output`,
  );
}

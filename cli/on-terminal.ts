import { isatty } from 'node:tty';

/** The review is drawn on stderr, since stdout is the target's. */
export function onTerminal(): boolean {
  return isatty(0) && isatty(2) && (process.env['TERM'] ?? 'dumb') !== 'dumb';
}

import { isatty } from 'node:tty';

/** The review is on stderr, since stdout is the target's. */
export function onTerminal(): boolean {
  return isatty(0) && isatty(2);
}

/** Whether the terminal can only show one line after another. */
export function isDumb(): boolean {
  return (process.env['TERM'] ?? 'dumb') === 'dumb';
}

import { type Cursor, isDigit, peek, skipSpaces, startsWith } from './cursor.js';
import type { Time } from './event.js';
import { own } from './own.js';
import { readDigits, readFraction } from './read-digits.js';

/** What a line says before the event itself. */
export interface Prefix {
  pid: number | undefined;
  time: Time | undefined;
  number: number | undefined;
  pointer: string | undefined;
}

/** Reads process, time (`-t`, `-r`), call number (`-n`) and instruction pointer (`-i`). */
export function readPrefix(cursor: Cursor): Prefix {
  const prefix: Prefix = {
    pid: undefined,
    time: undefined,
    number: undefined,
    pointer: undefined,
  };
  readPid(cursor, prefix);
  readTime(cursor, prefix);
  while (peek(cursor) === 91 && readBracket(cursor, prefix));
  return prefix;
}

/** Linux has no greater one; a greater number is a time in seconds since 1970. */
const greatestPid = 4194304;

/** `1234  ` (`-o`), `[pid  1234] `, each with `<command>` after the number (`-Y`). */
function readPid(cursor: Cursor, prefix: Prefix): void {
  const start = cursor.at;
  const bracket = startsWith(cursor, '[pid ');
  if (bracket) cursor.at += 5;
  else if (!isDigit(peek(cursor))) return;
  if (bracket) skipSpaces(cursor);
  const pid = readDigits(cursor);
  if (peek(cursor) === 60) skipCommand(cursor);
  if (bracket && peek(cursor) === 93) cursor.at++;
  else if (bracket) cursor.at = start;
  if (cursor.at === start || peek(cursor) !== 32 || pid > greatestPid) {
    cursor.at = start;
    return;
  }
  prefix.pid = pid;
  // A relative time is padded with spaces, which do not matter once there is a process.
  skipSpaces(cursor);
}

function skipCommand(cursor: Cursor): void {
  const close = cursor.text.indexOf('>', cursor.at);
  if (close >= 0 && close < cursor.end) cursor.at = close + 1;
}

/** `05:23:11`, `1795324992.013924`, `     0.000317`, each with a fraction, or with `(+ delta)`. */
function readTime(cursor: Cursor, prefix: Prefix): void {
  const start = cursor.at;
  skipSpaces(cursor);
  const padded = cursor.at > start;
  if (!isDigit(peek(cursor))) {
    cursor.at = start;
    return;
  }
  let seconds = readDigits(cursor);
  let since: Time['since'] = seconds > greatestPid ? '1970' : 'previous';
  if (peek(cursor) === 58) {
    since = 'midnight';
    for (let i = 0; i < 2 && peek(cursor) === 58; i++) {
      cursor.at++;
      seconds = seconds * 60 + readDigits(cursor);
    }
  }
  const hasFraction = peek(cursor) === 46;
  const nanoseconds = hasFraction ? readFraction(cursor) : 0;
  const plain = since === 'previous' && !hasFraction && !padded && prefix.pid === undefined;
  if (peek(cursor) !== 32 || plain) {
    cursor.at = start;
    return;
  }
  skipSpaces(cursor);
  const delta = since === 'previous' ? seconds + nanoseconds / 1e9 : readDelta(cursor);
  prefix.time = { since, seconds, nanoseconds, delta };
}

/** `(+     0.000102) ` */
function readDelta(cursor: Cursor): number | undefined {
  const start = cursor.at;
  if (!startsWith(cursor, '(+')) return undefined;
  cursor.at += 2;
  skipSpaces(cursor);
  const seconds = readDigits(cursor);
  const nanoseconds = peek(cursor) === 46 ? readFraction(cursor) : 0;
  if (!startsWith(cursor, ') ')) {
    cursor.at = start;
    return undefined;
  }
  cursor.at += 2;
  return seconds + nanoseconds / 1e9;
}

/** `[ 257] ` or `[00007f2a02eafb1d] `, which is as wide as an address. */
function readBracket(cursor: Cursor, prefix: Prefix): boolean {
  const { text, at } = cursor;
  const close = text.indexOf('] ', at);
  if (close < 0 || close >= cursor.end) return false;
  const inside = text.slice(at + 1, close);
  if (/^(?:[0-9a-f]{16}|[0-9a-f]{8}|\?{16}|\?{8})$/.test(inside)) prefix.pointer = own(inside);
  else if (/^ *\d+$/.test(inside)) prefix.number = Number(inside);
  else return false;
  cursor.at = close + 2;
  return true;
}

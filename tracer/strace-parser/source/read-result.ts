import { type Cursor, isWord, peek, startsWith } from './cursor.js';
import type { Result } from './event.js';
import { nameAt } from './name.js';
import { own } from './own.js';
import { readDigits, readFraction } from './read-digits.js';
import { readAnnotated } from './read-fd.js';
import { readNumber } from './read-number.js';

export const unknown: Result = { kind: 'unknown' };

const zero: Result = {
  kind: 'value',
  value: 0,
  text: '0',
  fd: undefined,
  process: undefined,
  note: undefined,
};

/** What follows ` = `, up to a duration or the end of the line; undefined if it is no result. */
export function readResult(cursor: Cursor): Result | undefined {
  const { text, at: start } = cursor;
  const first = text.charCodeAt(start);
  if (first === 63) return readQuestion(cursor);
  if (first === 48 && start + 1 === cursor.end) {
    cursor.at++;
    return zero;
  }
  const value = readNumber(cursor);
  if (value === undefined) {
    if (!startsWith(cursor, '<unavailable>')) return undefined;
    cursor.at += 13;
    return unknown;
  }
  if (value === -1 && text.charCodeAt(cursor.at) === 32) {
    const error = readError(cursor);
    if (error) return error;
  }
  const printed = own(text.slice(start, cursor.at));
  const annotated =
    text.charCodeAt(cursor.at) === 60 && typeof value === 'number'
      ? readAnnotated(cursor, start, value)
      : undefined;
  const fd = annotated?.kind === 'fd' ? annotated : undefined;
  const process = annotated?.kind === 'pid' ? annotated : undefined;
  return { kind: 'value', value, text: printed, fd, process, note: readNote(cursor) };
}

/** ` <0.000012>`, in seconds (`-T`). */
export function readDuration(cursor: Cursor): number | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 1) !== 60) return undefined;
  cursor.at = at + 2;
  const seconds = readDigits(cursor);
  const nanoseconds = peek(cursor) === 46 ? readFraction(cursor) : 0;
  if (peek(cursor) !== 62) {
    cursor.at = at;
    return undefined;
  }
  cursor.at++;
  return seconds + nanoseconds / 1e9;
}

/** `?`, `? ERESTARTSYS (To be restarted if SA_RESTART is set)`, `? <unavailable>`. */
function readQuestion(cursor: Cursor): Result {
  cursor.at++;
  if (startsWith(cursor, ' <unavailable>')) cursor.at += 14;
  const errno = readErrno(cursor);
  readNote(cursor);
  return errno === undefined ? unknown : { kind: 'restart', errno };
}

/** ` ENOENT (No such file or directory)`, ` (errno 530)`. */
function readError(cursor: Cursor): Result | undefined {
  const start = cursor.at;
  const errno = readErrno(cursor);
  if (errno === undefined) {
    const note = readNote(cursor);
    if (note?.startsWith('errno ')) {
      return { kind: 'error', errno: note.slice(6), message: undefined, note: undefined };
    }
    cursor.at = start;
    return undefined;
  }
  const message = readNote(cursor);
  return { kind: 'error', errno, message, note: readNote(cursor) };
}

function readErrno(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 1) !== 69) return undefined;
  let end = at + 1;
  while (isWord(text.charCodeAt(end))) end++;
  cursor.at = end;
  return nameAt(text, at + 1, end);
}

/** ` (text)`, with brackets and quotes in it, up to the parenthesis that closes it. */
function readNote(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 1) !== 40) return undefined;
  let depth = 0;
  for (let i = at + 1; i < cursor.end; i++) {
    const code = text.charCodeAt(i);
    if (code === 40) depth++;
    else if (code === 41 && --depth === 0) {
      cursor.at = i + 1;
      return nameAt(text, at + 2, i);
    }
  }
  return undefined;
}

import { type Cursor, isDigit, isWord, peek, skipSpaces, startsWith } from './cursor.js';
import type { Result } from './event.js';
import { own } from './own.js';
import { readAnnotated } from './read-fd.js';
import { readNumber } from './read-number.js';

export interface Outcome {
  readonly result: Result;
  /** Seconds (`-T`). */
  readonly duration: number | undefined;
}

/** What follows ` = `, up to the end of the line; undefined if it is anything else. */
export function readResult(cursor: Cursor): Outcome | undefined {
  const result = readOutcome(cursor);
  if (!result) return undefined;
  const duration = readDuration(cursor);
  skipSpaces(cursor);
  return cursor.at === cursor.end ? { result, duration } : undefined;
}

export const unknown: Result = { kind: 'unknown' };

function readOutcome(cursor: Cursor): Result | undefined {
  if (peek(cursor) === 63) return readQuestion(cursor);
  const { text, at: start } = cursor;
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
  return own(text.slice(at + 1, end));
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
      return own(text.slice(at + 2, i));
    }
  }
  return undefined;
}

/** ` <0.000012>` */
function readDuration(cursor: Cursor): number | undefined {
  const { text, at } = cursor;
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 1) !== 60) return undefined;
  let end = at + 2;
  for (let code = text.charCodeAt(end); isDigit(code) || code === 46; ) {
    code = text.charCodeAt(++end);
  }
  if (end === at + 2 || text.charCodeAt(end) !== 62) return undefined;
  cursor.at = end + 1;
  return Number(text.slice(at + 2, end));
}

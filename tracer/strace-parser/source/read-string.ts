import { Cache } from './cache.js';
import { Cursor, isDigit, peek } from './cursor.js';
import { latin1 } from './latin1.js';
import { own } from './own.js';
import type { StringValue } from './value.js';

/** `"text"`, `"text"...`, `@"abstract"`; undefined if no quote closes it. */
export function readString(cursor: Cursor): StringValue | undefined {
  const { text, at: start } = cursor;
  const abstract = text.charCodeAt(start) === 64;
  const opening = abstract ? start + 1 : start;
  const closing = closingQuote(text, opening + 1, cursor.end);
  if (closing < 0) return undefined;
  let end = closing + 1;
  const truncated = text.startsWith('...', end);
  if (truncated) end += 3;
  cursor.at = end;

  const raw = text.slice(start, end);
  const known = cache.get(raw);
  if (known) return known;
  const decoded = decode(text, opening + 1, closing);
  const value: StringValue = {
    kind: 'string',
    value: abstract ? `\0${decoded}` : decoded,
    truncated,
  };
  if (raw.length <= longestCached) cache.set(own(raw), value);
  return value;
}

/** Index of the quote that ends a string whose first character is at `at`, or -1. */
export function closingQuote(text: string, at: number, end: number): number {
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return i;
    if (code === 92) i++;
  }
  return -1;
}

/** The bytes that a stretch of text with C escapes stands for; the string owns its memory. */
export function decode(text: string, start: number, end: number): string {
  const backslash = text.indexOf('\\', start);
  if (backslash < 0 || backslash >= end) return own(text.slice(start, end));
  if (end - start > bytes.length) bytes = new Uint8Array((end - start) * 2);
  let length = 0;
  const cursor = escapes;
  cursor.text = text;
  cursor.at = start;
  cursor.end = end;
  while (cursor.at < end) {
    const code = peek(cursor);
    cursor.at++;
    bytes[length++] = code === 92 ? readEscape(cursor) : code;
  }
  cursor.text = '';
  return latin1(bytes, 0, length);
}

const cache = new Cache<StringValue>(4096);
/** Paths in hexadecimal fit in; blocks of data, which never come again, need not. */
const longestCached = 1024;

let bytes = new Uint8Array(4096);
const escapes = new Cursor('', 0, 0);

/** The byte that the escape after a backslash stands for. */
function readEscape(cursor: Cursor): number {
  const code = peek(cursor);
  if (code === 120) return readHex(cursor);
  if (isDigit(code)) return readOctal(cursor);
  cursor.at++;
  switch (code) {
    case 110:
      return 10;
    case 116:
      return 9;
    case 114:
      return 13;
    case 118:
      return 11;
    case 102:
      return 12;
    case 97:
      return 7;
    case 98:
      return 8;
    default:
      return code;
  }
}

/** `x2f` */
function readHex(cursor: Cursor): number {
  const { text, at } = cursor;
  const high = hexDigit(text.charCodeAt(at + 1));
  const low = hexDigit(text.charCodeAt(at + 2));
  if (high < 0 || low < 0 || at + 3 > cursor.end) {
    cursor.at++;
    return 120;
  }
  cursor.at += 3;
  return high * 16 + low;
}

/** `0`, `33`, `177`: up to three digits. */
function readOctal(cursor: Cursor): number {
  let value = 0;
  for (let i = 0; i < 3 && cursor.at < cursor.end; i++) {
    const digit = peek(cursor) - 48;
    if (!(digit >= 0 && digit < 8)) {
      if (i === 0) cursor.at++;
      return i === 0 ? digit + 48 : value;
    }
    value = value * 8 + digit;
    cursor.at++;
  }
  return value & 255;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

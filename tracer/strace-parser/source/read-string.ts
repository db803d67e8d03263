import { Cache } from './cache.js';
import type { Cursor } from './cursor.js';
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

  const known = cache.get(text, start, end);
  if (known) return known;
  const decoded = decode(text, opening + 1, closing);
  const value: StringValue = {
    kind: 'string',
    value: abstract ? `\0${decoded}` : decoded,
    truncated,
  };
  cache.set(text, start, end, value);
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
  const raw = text.slice(start, end);
  if (!raw.includes('\\')) return own(raw);
  if (end - start > bytes.length) bytes = new Uint8Array((end - start) * 2);
  let length = 0;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at++);
    if (code !== 92) {
      bytes[length++] = code;
      continue;
    }
    const escaped = text.charCodeAt(at);
    const byte = escaped === 120 && at + 2 < end ? hexByte(text, at + 1) : -1;
    if (byte >= 0) {
      bytes[length++] = byte;
      at += 3;
    } else if (isOctal(escaped)) {
      let octal = escaped - 48;
      const last = Math.min(end, at + 3);
      while (++at < last && isOctal(text.charCodeAt(at))) {
        octal = octal * 8 + text.charCodeAt(at) - 48;
      }
      bytes[length++] = octal;
    } else if (at < end) {
      bytes[length++] = controls.get(escaped) ?? escaped;
      at++;
    }
  }
  return latin1(bytes, 0, length);
}

const cache = new Cache<StringValue>(4096);
let bytes = new Uint8Array(4096);

/** What letters stand for after a backslash. */
const controls = new Map([
  [97, 7],
  [98, 8],
  [116, 9],
  [110, 10],
  [118, 11],
  [102, 12],
  [114, 13],
]);

function isOctal(code: number): boolean {
  return code >= 48 && code <= 55;
}

/** The byte that two hexadecimal digits write; negative if they are none. */
function hexByte(text: string, at: number): number {
  const low = hexDigit(text.charCodeAt(at + 1));
  return low < 0 ? -1 : hexDigit(text.charCodeAt(at)) * 16 + low;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

import type { Cursor } from './cursor.js';
import { hexDigit } from './read-string.js';

/** What `readNumber` found beside the value: how it was written. */
export type Radix = 8 | 10 | 16;

/** `12`, `-1`, `0755`, `0x7f00`; undefined, with the cursor unmoved, if there is no number. */
export function readNumber(cursor: Cursor): number | bigint | undefined {
  const { text, at: start } = cursor;
  let at = start;
  if (text.charCodeAt(at) === 45) at++;
  const first = at;
  if (text.charCodeAt(at) === 48) {
    const next = text.charCodeAt(at + 1);
    if (next === 120) return readHexadecimal(cursor, at + 2);
    if (next >= 48 && next <= 55) return readOctal(cursor, at + 1);
  }
  let value = 0;
  let digit = text.charCodeAt(at) - 48;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = text.charCodeAt(++at) - 48;
  }
  if (at === first) return undefined;
  cursor.at = at;
  if (at - first > 15) return exact(BigInt(text.slice(start, at)));
  return first === start ? value : -value;
}

/** How the number is written that begins at `at`. */
export function radixAt(text: string, at: number): Radix {
  const first = text.charCodeAt(at) === 45 ? at + 1 : at;
  if (text.charCodeAt(first) !== 48) return 10;
  const next = text.charCodeAt(first + 1);
  if (next === 120) return 16;
  return next >= 48 && next <= 55 ? 8 : 10;
}

function readHexadecimal(cursor: Cursor, first: number): number | bigint | undefined {
  const { text, at: start } = cursor;
  let at = first;
  let value = 0;
  let digit = hexDigit(text.charCodeAt(at));
  while (digit >= 0) {
    value = value * 16 + digit;
    digit = hexDigit(text.charCodeAt(++at));
  }
  if (at === first) return undefined;
  cursor.at = at;
  const negative = text.charCodeAt(start) === 45;
  if (at - first > 13) {
    const whole = BigInt(`0x${text.slice(first, at)}`);
    return exact(negative ? -whole : whole);
  }
  return negative ? -value : value;
}

function readOctal(cursor: Cursor, first: number): number | bigint {
  const { text, at: start } = cursor;
  let at = first;
  let value = 0;
  let digit = text.charCodeAt(at) - 48;
  while (digit >= 0 && digit <= 7) {
    value = value * 8 + digit;
    digit = text.charCodeAt(++at) - 48;
  }
  cursor.at = at;
  const negative = text.charCodeAt(start) === 45;
  if (at - first > 17) {
    const whole = BigInt(`0o${text.slice(first, at)}`);
    return exact(negative ? -whole : whole);
  }
  return negative ? -value : value;
}

/** A number as long as that is exact. */
export function exact(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

import type { Cursor } from './cursor.js';

/** The digits at the cursor as a number; 0 if there are none. */
export function readDigits(cursor: Cursor): number {
  const { text } = cursor;
  let at = cursor.at;
  let value = 0;
  for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; ) {
    value = value * 10 + digit;
    digit = text.charCodeAt(++at) - 48;
  }
  cursor.at = at;
  return value;
}

/** `.013924` as nanoseconds. */
export function readFraction(cursor: Cursor): number {
  cursor.at++;
  const start = cursor.at;
  const value = readDigits(cursor);
  return value * (scales[cursor.at - start] ?? 0);
}

/** Nanoseconds in the last digit of a fraction that has so many. */
const scales = [0, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

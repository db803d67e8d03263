import { Cache } from './cache.js';
import { Cursor, isWord, startsWith } from './cursor.js';
import { own } from './own.js';
import { exact, readNumber } from './read-number.js';
import type { FlagsValue } from './value.js';

/** `A|B|0x10`, `1<<CAP_KILL|1<<CAP_CHOWN`; up to `from` it is known to be a name. */
export function readFlags(cursor: Cursor, from: number): FlagsValue | undefined {
  const { text, at: start } = cursor;
  let end = from;
  for (let code = text.charCodeAt(end); isWord(code) || code === 124 || code === 60; ) {
    code = text.charCodeAt(++end);
  }
  let value = flagCache.get(text, start, end);
  if (!value) {
    value = flagsOf(text.slice(start, end));
    if (!value) return undefined;
    flagCache.set(text, start, end, value);
  }
  cursor.at = end;
  const comment = text.charCodeAt(end) === 32 ? readComment(cursor) : undefined;
  return comment === undefined ? value : { ...value, comment };
}

/** The text of ` /* comment *` + `/`, if one is here. */
export function readComment(cursor: Cursor): string | undefined {
  if (!startsWith(cursor, ' /* ')) return undefined;
  const close = cursor.text.indexOf(' */', cursor.at + 4);
  if (close < 0 || close >= cursor.end) return undefined;
  const comment = own(cursor.text.slice(cursor.at + 4, close));
  cursor.at = close + 3;
  return comment;
}

const flagCache = new Cache<FlagsValue>(2048);

function flagsOf(raw: string): FlagsValue | undefined {
  const names: string[] = [];
  let rest: number | bigint | undefined;
  for (const part of raw.split('|')) {
    if (/^(?:1<<)?[A-Za-z_]\w*$/.test(part)) {
      names.push(own(part));
      continue;
    }
    const cursor = new Cursor(part, 0, part.length);
    const number = readNumber(cursor);
    if (number === undefined || cursor.at !== part.length) return undefined;
    rest = rest === undefined ? number : exact(BigInt(rest) | BigInt(number));
  }
  return { kind: 'flags', names, rest, comment: undefined };
}

import { Cache } from './cache.js';
import { isDigit, isWord } from './cursor.js';
import { own } from './own.js';

/** The name of a call, field or macro, which is one and the same string each time. */
export function nameAt(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  const known = names.get(raw);
  if (known !== undefined) return known;
  const owned = own(raw);
  names.set(owned, owned);
  return owned;
}

/** Index after the name that begins at `at`; `at` itself if none does. */
export function wordEnd(text: string, at: number): number {
  if (isDigit(text.charCodeAt(at))) return at;
  let end = at;
  while (isWord(text.charCodeAt(end))) end++;
  return end;
}

const names = new Cache<string>(4096);

import { Cache } from './cache.js';
import { isDigit, isWord } from './cursor.js';
import { own } from './own.js';

/** A name, or other text that keeps coming back: one and the same string each time. */
export function nameAt(text: string, start: number, end: number): string {
  const known = names.get(text, start, end);
  if (known !== undefined) return known;
  const name = own(text.slice(start, end));
  names.set(text, start, end, name);
  return name;
}

/** Index after the name that begins at `at`; `at` itself if none does. */
export function wordEnd(text: string, at: number): number {
  if (isDigit(text.charCodeAt(at))) return at;
  let end = at;
  while (isWord(text.charCodeAt(end))) end++;
  return end;
}

const names = new Cache<string>(4096);

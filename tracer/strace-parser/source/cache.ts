import { own } from './own.js';

/**
 * What was made of texts that keep coming back. It has a fixed number of places, in each of which
 * the newest text displaces the one before; a text is looked up where it stands in a longer one, so
 * that finding it makes no garbage.
 */
export class Cache<T> {
  readonly #keys: string[];
  readonly #values: (T | undefined)[];
  readonly #mask: number;

  /** `size` is a power of two. */
  constructor(size: number) {
    this.#keys = new Array<string>(size).fill('');
    this.#values = new Array<T | undefined>(size).fill(undefined);
    this.#mask = size - 1;
  }

  /** What was kept for the text from `start` to `end`. */
  get(text: string, start: number, end: number): T | undefined {
    const place = hash(text, start, end) & this.#mask;
    const key = this.#keys[place];
    return key !== undefined && equals(key, text, start, end) ? this.#values[place] : undefined;
  }

  set(text: string, start: number, end: number, value: T): void {
    if (end - start > longest) return;
    const place = hash(text, start, end) & this.#mask;
    this.#keys[place] = own(text.slice(start, end));
    this.#values[place] = value;
  }
}

/** Paths in hexadecimal fit in; blocks of data, which hardly come again, need not. */
const longest = 1024;

function equals(key: string, text: string, start: number, end: number): boolean {
  const length = end - start;
  if (key.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (key.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  }
  return true;
}

/** Of a few characters, most of them at the end, where paths differ; all are compared anyway. */
function hash(text: string, start: number, end: number): number {
  const length = end - start;
  let code = length;
  for (let i = Math.max(start, end - 8); i < end; i++) {
    code = Math.imul(code, 31) + text.charCodeAt(i);
  }
  code = Math.imul(code, 31) + text.charCodeAt(start);
  code = Math.imul(code, 31) + text.charCodeAt(start + (length >> 1));
  code = Math.imul(code, 31) + text.charCodeAt(start + (length >> 2) * 3);
  return code ^ (code >>> 13);
}

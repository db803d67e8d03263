/**
 * A place in a text, up to `end`. The character at `end`, if any, is a line break, so that looking
 * one character ahead needs no test of the bounds.
 */
export class Cursor {
  text: string;
  at: number;
  end: number;
  /** How many brackets deep the reader is, to bound its recursion. */
  depth = 0;

  constructor(text: string, at: number, end: number) {
    this.text = text;
    this.at = at;
    this.end = end;
  }
}

/** The code of the character at the cursor, NaN at the end of the text. */
export function peek(cursor: Cursor): number {
  return cursor.text.charCodeAt(cursor.at);
}

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === 32) cursor.at++;
}

/** Whether the text at the cursor begins with `prefix`, which holds no line break. */
export function startsWith(cursor: Cursor, prefix: string): boolean {
  return cursor.text.startsWith(prefix, cursor.at);
}

/** The text from the cursor to the end. */
export function remainder(cursor: Cursor): string {
  return cursor.text.slice(cursor.at, cursor.end);
}

/** `a`–`z`, `A`–`Z`, `0`–`9`, `_`. */
export function isWord(code: number): boolean {
  return code < 128 && wordCodes[code] === 1;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const wordCodes = new Uint8Array(128);
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz') {
  wordCodes[character.charCodeAt(0)] = 1;
}

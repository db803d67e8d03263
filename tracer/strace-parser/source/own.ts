import { latin1, writeLatin1 } from './latin1.js';

/**
 * A copy of the string that owns its memory: a slice keeps the whole chunk alive it was cut from.
 * Strings here have code units below 256.
 */
export function own(text: string): string {
  const length = text.length;
  // Below this length the engine copies of itself.
  if (length < 13) return text;
  if (length > scratch.length) scratch = new Uint8Array(length * 2);
  writeLatin1(scratch, text);
  return latin1(scratch, 0, length);
}

let scratch = new Uint8Array(1024);

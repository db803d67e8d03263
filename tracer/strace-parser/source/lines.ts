import { latin1 } from './latin1.js';
import { own } from './own.js';

/** A line of `text` from `start` to `end`, without its break. */
export type OnLine = (text: string, start: number, end: number) => void;

export interface LineSplitter {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Cuts a stream into lines (`\n` or `\r\n`). The lines of a chunk are all parts of one string; only
 * a line that two chunks share is put together.
 */
export function splitLines(onLine: OnLine): LineSplitter {
  let rest = '';

  function write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += step) {
      writeText(latin1(chunk, at, Math.min(chunk.length, at + step)));
    }
  }

  function writeText(text: string): void {
    let start = 0;
    let newline = text.indexOf('\n');
    if (rest !== '' && newline >= 0) {
      const line = rest + text.slice(0, newline);
      rest = '';
      emit(line, 0, line.length);
      start = newline + 1;
      newline = text.indexOf('\n', start);
    }
    while (newline >= 0) {
      emit(text, start, newline);
      start = newline + 1;
      newline = text.indexOf('\n', start);
    }
    if (start < text.length) rest += own(text.slice(start));
  }

  function emit(text: string, start: number, end: number): void {
    const bare = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    onLine(text, start, bare);
  }

  function end(): void {
    const line = rest;
    rest = '';
    if (line !== '') emit(line, 0, line.length);
  }

  return { write, end };
}

/** Bytes decoded at once: a string that stays in the cache, however large the chunk. */
const step = 65536;

import { Cursor } from './cursor.js';
import type { Event } from './event.js';
import { LineReader } from './line-reader.js';
import { splitLines } from './lines.js';

export interface Parser {
  /** Takes the next bytes, cut anywhere. */
  write(chunk: Uint8Array): void;
  /** Ends the last line, and emits the calls that are still unfinished. */
  end(): void;
}

/** A parser that hands over every event as soon as the line that completes it is complete. */
export function createParser(onEvent: (event: Event) => void): Parser {
  const reader = new LineReader(onEvent);
  const cursor = new Cursor('', 0, 0);
  let line = 0;
  const lines = splitLines((text, start, end) => {
    cursor.text = text;
    cursor.at = start;
    cursor.end = end;
    cursor.depth = 0;
    line++;
    reader.read(cursor, line);
  });
  return {
    write: lines.write,
    end(): void {
      lines.end();
      reader.end();
    },
  };
}

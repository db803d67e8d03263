import { type Cursor, peek, skipSpaces } from './cursor.js';
import type { Call } from './event.js';
import { nameAt, wordEnd } from './name.js';
import type { Prefix } from './read-prefix.js';
import { readDuration, readResult, unknown } from './read-result.js';
import { readList } from './read-value.js';

/** `name(args) = result <duration>` up to the end; undefined if it is not one. */
export function readCall(
  cursor: Cursor,
  prefix: Prefix,
  startLine: number,
  line: number,
): Call | undefined {
  const name = readName(cursor);
  if (name === undefined) return undefined;
  const args = readList(cursor, 41);
  if (!args) return undefined;
  skipSpaces(cursor);
  if (peek(cursor) !== 61 || cursor.text.charCodeAt(cursor.at + 1) !== 32) return undefined;
  cursor.at += 2;
  const result = readResult(cursor);
  if (!result) return undefined;
  const duration = readDuration(cursor);
  skipSpaces(cursor);
  if (cursor.at !== cursor.end) return undefined;
  return {
    kind: 'call',
    line,
    startLine,
    pid: prefix.pid,
    time: prefix.time,
    name,
    args,
    result,
    duration,
    number: prefix.number,
    pointer: prefix.pointer,
  };
}

/** A call that never completed, as far as it was printed. */
export function readUnfinished(
  cursor: Cursor,
  prefix: Prefix,
  startLine: number,
  line: number,
): Call | undefined {
  const name = readName(cursor);
  if (name === undefined) return undefined;
  const args = readList(cursor, 41, true);
  skipSpaces(cursor);
  if (cursor.at < cursor.end) return undefined;
  return (
    args && {
      kind: 'call',
      line,
      startLine,
      pid: prefix.pid,
      time: prefix.time,
      name,
      args,
      result: unknown,
      duration: undefined,
      number: prefix.number,
      pointer: prefix.pointer,
    }
  );
}

/** Index of the `(` after the name at `at`, or -1. strace writes `????` for an unknown name. */
export function openingBracket(text: string, at: number): number {
  let end = at;
  if (text.charCodeAt(at) === 63) while (text.charCodeAt(end) === 63) end++;
  else end = wordEnd(text, at);
  return end > at && text.charCodeAt(end) === 40 ? end : -1;
}

/** A name and its `(`. */
function readName(cursor: Cursor): string | undefined {
  const { text, at } = cursor;
  const open = openingBracket(text, at);
  if (open < 0) return undefined;
  cursor.at = open + 1;
  return nameAt(text, at, open);
}

import { type Cursor, remainder } from './cursor.js';
import type { Notice } from './event.js';
import { own } from './own.js';

/** A line on which strace speaks of itself; undefined if it does not. */
export function readNotice(cursor: Cursor, line: number): Notice | undefined {
  const text = remainder(cursor);
  const match = /^(?:[^\s(]*strace: )?(?:Process (\d+) (attached|detached)\b|\[ Process PID=)/.exec(
    text,
  );
  if (match) return noticeOf(match, line, text, false);
  if (!/^(?:\/[^\s(]*\/)?strace: /.test(text)) return undefined;
  return { kind: 'notice', line, what: 'other', pid: undefined, text: own(text), inside: false };
}

/** The notice that ends a line which begins otherwise, and the index where it begins. */
export function findNotice(
  cursor: Cursor,
  line: number,
): { readonly notice: Notice; readonly at: number } | undefined {
  const text = remainder(cursor);
  const match = /(?:\/[^\s("]*\/)?strace: Process (\d+) (attached|detached)[^"]*$/.exec(text);
  return match
    ? { notice: noticeOf(match, line, match[0], true), at: cursor.at + match.index }
    : undefined;
}

function noticeOf(match: RegExpExecArray, line: number, text: string, inside: boolean): Notice {
  const what = match[2] === 'attached' ? 'attached' : match[2] ? 'detached' : 'other';
  const pid = match[1] === undefined ? undefined : Number(match[1]);
  return { kind: 'notice', line, what, pid, text: own(text), inside };
}

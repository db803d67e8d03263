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
  const name = text.lastIndexOf('strace: Process ');
  if (name < 0) return undefined;
  const match = /^strace: Process (\d+) (attached|detached)[^"]*$/.exec(text.slice(name));
  if (!match) return undefined;
  const start = pathStart(text, name);
  return { notice: noticeOf(match, line, text.slice(start), true), at: cursor.at + start };
}

/** Index where the path begins that may stand before the name, as in `/usr/bin/strace: `. */
function pathStart(text: string, name: number): number {
  let start = name;
  for (let at = name - 1; at >= 0 && !/[\s("]/.test(text.charAt(at)); at--) {
    if (text.charCodeAt(at) === 47) start = at;
  }
  return text.charCodeAt(name - 1) === 47 ? start : name;
}

function noticeOf(match: RegExpExecArray, line: number, text: string, inside: boolean): Notice {
  const what = match[2] === 'attached' ? 'attached' : match[2] ? 'detached' : 'other';
  const pid = match[1] === undefined ? undefined : Number(match[1]);
  return { kind: 'notice', line, what, pid, text: own(text), inside };
}

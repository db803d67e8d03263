import { Cache } from './cache.js';
import type { Cursor } from './cursor.js';
import { closingQuote, decode } from './read-string.js';
import type { Device, FdValue, PidValue, Socket } from './value.js';

/**
 * The annotation of a number that began at `start`, with the cursor at its `<`: `3</path>`,
 * `3</path>(deleted)`, `3</dev/null<char 1:3>>`, `3<TCP:[1->2]>`. Undefined, with the cursor
 * unmoved, if none closes.
 */
export function readAnnotated(
  cursor: Cursor,
  start: number,
  number: number | 'AT_FDCWD',
): FdValue | PidValue | undefined {
  const { text } = cursor;
  const open = cursor.at;
  const close = annotationEnd(text, open, cursor.end);
  if (close < 0) return undefined;
  const deleted = text.startsWith('(deleted)', close + 1);
  const end = deleted ? close + 10 : close + 1;
  cursor.at = end;

  const known = cache.get(text, start, end);
  if (known) return known;
  const value = describe(number, text, open, close, deleted);
  cache.set(text, start, end, value);
  return value;
}

/** `AT_FDCWD` without an annotation. */
export const bareCwd: FdValue = {
  kind: 'fd',
  number: 'AT_FDCWD',
  path: undefined,
  deleted: false,
  device: undefined,
  socket: undefined,
  text: '',
};

/**
 * Index of the `>` that ends the annotation whose `<` is at `open`, or -1. strace escapes `<` and
 * `>` in paths; should a log hold them raw, the end is where something follows that can.
 */
export function annotationEnd(text: string, open: number, end: number): number {
  const isPath = text.charCodeAt(open + 1) === 47;
  const limit = Math.min(end, open + longest);
  let nested = false;
  for (let i = open + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 60) {
      // But one, of a device. To look on for an end would cost a time that grows with the square.
      if (nested || !deviceBegins(text, i)) return -1;
      nested = true;
    } else if (code === 34 && !isPath) {
      i = closingQuote(text, i + 1, limit);
      if (i < 0) return -1;
    } else if (code === 62) {
      if (nested) {
        if (text.charCodeAt(i + 1) === 62) return i + 1;
      } else if ((isPath || text.charCodeAt(i - 1) !== 45) && endsValue(text, i + 1, end)) {
        return i;
      }
    }
  }
  return -1;
}

/** Longer than the longest path, each byte of which takes four characters in hexadecimal. */
const longest = 20_000;

const cache = new Cache<FdValue | PidValue>(4096);

function deviceBegins(text: string, at: number): boolean {
  return text.startsWith('<char ', at) || text.startsWith('<block ', at);
}

/** Whether what is at `at` may follow an annotation: `,`, a bracket, a space, the end. */
function endsValue(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return code === 44 || code === 41 || code === 93 || code === 125 || code === 32 || code === 40;
}

function describe(
  printed: number | 'AT_FDCWD',
  text: string,
  open: number,
  close: number,
  deleted: boolean,
): FdValue | PidValue {
  // `-X raw` prints the number of `AT_FDCWD`.
  const number = printed === -100 ? 'AT_FDCWD' : printed;
  const device = deviceAt(text, open, close);
  const decoded = decode(text, open + 1, device ? text.lastIndexOf('<', close) : close);
  const socket = device ? undefined : socketOf(decoded);
  const path = isPath(decoded) ? decoded : undefined;
  if (typeof number === 'number' && path === undefined && !decoded.includes(':')) {
    return { kind: 'pid', number, command: decoded };
  }
  return { kind: 'fd', number, path, deleted, device, socket, text: decoded };
}

/** `<char 1:3>` just before `close`. */
function deviceAt(text: string, open: number, close: number): Device | undefined {
  if (text.charCodeAt(close - 1) !== 62) return undefined;
  const match = /^<(char|block) (\d+):(\d+)>$/.exec(
    text.slice(Math.max(open + 1, text.lastIndexOf('<', close)), close),
  );
  return match
    ? {
        kind: match[1] === 'char' ? 'char' : 'block',
        major: Number(match[2]),
        minor: Number(match[3]),
      }
    : undefined;
}

/** `(unreachable)/path` is one outside the root of the process. */
function isPath(text: string): boolean {
  return text.startsWith('/') || text.startsWith('(unreachable)/');
}

/** `TCP:[...]`, `socket:[...]`: protocols are in capitals, other kinds of descriptors are not. */
function socketOf(text: string): Socket | undefined {
  const match = /^([A-Z][\w-]*|socket):\[(.*)\]$/s.exec(text);
  return match ? { protocol: match[1] ?? '', text: match[2] ?? '' } : undefined;
}

import type { Cursor } from './cursor.js';
import { own } from './own.js';
import { annotationEnd } from './read-fd.js';
import { closingQuote } from './read-string.js';
import type { OpaqueValue } from './value.js';

/**
 * The text up to the `,` or closing bracket that ends the item, whatever it is; undefined if it is
 * empty or what it opens is not closed.
 */
export function readOpaque(cursor: Cursor): OpaqueValue | undefined {
  const { text, at: start } = cursor;
  const end = itemEnd(text, start, cursor.end);
  if (end <= start) return undefined;
  cursor.at = end;
  return { kind: 'opaque', text: own(text.slice(start, end).trimEnd()) };
}

/** What is left, of an item that the end of the text cuts off. */
export function readRest(cursor: Cursor): OpaqueValue {
  const text = own(cursor.text.slice(cursor.at, cursor.end).trimEnd());
  cursor.at = cursor.end;
  return { kind: 'opaque', text };
}

function itemEnd(text: string, start: number, end: number): number {
  let depth = 0;
  for (let i = start; i < end; i++) {
    switch (text.charCodeAt(i)) {
      case 34: // "
        i = closingQuote(text, i + 1, end);
        if (i < 0) return -1;
        break;
      case 40: // (
      case 91: // [
      case 123: // {
        depth++;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        if (depth === 0) return i;
        depth--;
        break;
      case 44: // ,
        if (depth === 0) return i;
        break;
      case 47: // /* comment */
        if (text.charCodeAt(i + 1) === 42) i = skipComment(text, i, end);
        break;
      case 60: // <
        i = skipAnnotation(text, i, start, end);
        break;
    }
  }
  return depth === 0 ? end : -1;
}

/** Index of the last character of the comment at `at`, which may be that of the text. */
function skipComment(text: string, at: number, end: number): number {
  const close = text.indexOf('*/', at + 2);
  return close < 0 || close >= end ? end - 1 : close + 1;
}

/** Index of the last character of the annotation at `at`; `at` itself if it is none. */
function skipAnnotation(text: string, at: number, start: number, end: number): number {
  const before = at > start ? text.charCodeAt(at - 1) : 0;
  const after = text.charCodeAt(at + 1);
  const annotates = (before >= 48 && before <= 57) || before === 68;
  if (!annotates || after === 60 || after === 61 || after === 32) return at;
  const close = annotationEnd(text, at, end);
  return close < 0 ? at : close;
}

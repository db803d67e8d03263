import { type Cursor, isDigit, isWord, peek, skipSpaces, startsWith } from './cursor.js';
import { nameAt, wordEnd } from './name.js';
import { bareCwd, readAnnotated } from './read-fd.js';
import { readComment, readFlags } from './read-flags.js';
import { radixAt, readNumber } from './read-number.js';
import { readOpaque, readRest } from './read-opaque.js';
import { readString } from './read-string.js';
import type { ArrayValue, Field, NullValue, NumberValue, StructValue, Value } from './value.js';

/**
 * One argument, item or field: up to a `,`, a closing bracket, or the end. What it cannot read is
 * opaque; undefined if not even its end can be found.
 */
export function readValue(cursor: Cursor): Value | undefined {
  const start = cursor.at;
  const value = readChange(cursor);
  if (value && endsItem(cursor)) return value;
  cursor.at = start;
  return readOpaque(cursor);
}

/**
 * Values parted by commas up to `close`, which is consumed; or, where the text ends before, what
 * there is of it, if `partial` allows that.
 */
export function readList(cursor: Cursor, close: number, partial = false): Value[] | undefined {
  const items: Value[] = [];
  for (;;) {
    skipSpaces(cursor);
    if (peek(cursor) === close) {
      cursor.at++;
      return items;
    }
    if (cursor.at >= cursor.end) return partial ? items : undefined;
    const value = readValue(cursor) ?? (partial ? readRest(cursor) : undefined);
    if (!value) return undefined;
    items.push(value);
    skipSpaces(cursor);
    if (peek(cursor) === 44) cursor.at++;
    else if (peek(cursor) !== close && cursor.at < cursor.end) return undefined;
  }
}

/** Deeper brackets than any system call has are opaque, so that no line overflows the stack. */
const deepest = 64;

const nothing: NullValue = { kind: 'null' };

/** A value, and what it becomes: `before => after`. */
function readChange(cursor: Cursor): Value | undefined {
  const before = readPlain(cursor);
  if (!before) return undefined;
  const { text, at } = cursor;
  const first = text.charCodeAt(at);
  if (first === 32 && text.charCodeAt(at + 1) === 61 && text.charCodeAt(at + 2) === 62) {
    cursor.at = at + 3;
  } else if (first === 45 && text.charCodeAt(at + 1) === 62) {
    cursor.at = at + 2;
  } else {
    return before;
  }
  skipSpaces(cursor);
  const after = readPlain(cursor);
  return after && { kind: 'change', before, after };
}

function readPlain(cursor: Cursor): Value | undefined {
  const code = peek(cursor);
  switch (code) {
    case 34: // "
      return readString(cursor);
    case 64: // @
      return cursor.text.charCodeAt(cursor.at + 1) === 34 ? readString(cursor) : undefined;
    case 91: // [
      return readArray(cursor, false);
    case 123: // {
      return readStruct(cursor);
    case 126: // ~
      if (cursor.text.charCodeAt(cursor.at + 1) !== 91) return undefined;
      cursor.at++;
      return readArray(cursor, true);
    default:
      return code === 45 || isDigit(code) ? readNumeric(cursor) : readSymbol(cursor);
  }
}

/** The numbers that most arguments are. */
const small = Array.from(
  { length: 1024 },
  (_, value): NumberValue => ({ kind: 'number', value, radix: 10, comment: undefined }),
);

/** A number, a descriptor, or flags that begin with a number. */
function readNumeric(cursor: Cursor): Value | undefined {
  const { text, at: start } = cursor;
  const value = readNumber(cursor);
  if (value === undefined) return undefined;
  const next = peek(cursor);
  if (next === 124 || (next === 60 && text.charCodeAt(cursor.at + 1) === 60)) {
    cursor.at = start;
    return readFlags(cursor, cursor.at);
  }
  const comment = next === 32 ? readComment(cursor) : undefined;
  if (peek(cursor) === 60 && typeof value === 'number') {
    return readAnnotated(cursor, start, value);
  }
  const radix = radixAt(text, start);
  if (radix === 10 && comment === undefined && typeof value === 'number' && value >= 0) {
    const known = small[value];
    if (known) return known;
  }
  return { kind: 'number', value, radix, comment };
}

/** What begins with a name: a constant, flags, a macro, `AT_FDCWD<...>`, `name=value`. */
function readSymbol(cursor: Cursor): Value | undefined {
  const { text, at: start } = cursor;
  const end = wordEnd(text, start);
  if (end === start) return undefined;
  const next = text.charCodeAt(end);
  if (next === 40) return readMacro(cursor, end);
  // No value of a name has a name: `a=b=c` nests nothing.
  if (next === 61 && text.charCodeAt(end + 1) !== 61 && text.charCodeAt(start - 1) !== 61) {
    cursor.at = end + 1;
    const value = readValue(cursor);
    return value && { kind: 'named', name: nameAt(text, start, end), value };
  }
  if (end - start === 8 && startsWith(cursor, 'AT_FDCWD')) {
    cursor.at = end;
    return next === 60 ? readAnnotated(cursor, start, 'AT_FDCWD') : bareCwd;
  }
  if (end - start === 4 && next !== 124 && startsWith(cursor, 'NULL')) {
    cursor.at = end;
    return nothing;
  }
  return readFlags(cursor, end);
}

function readMacro(cursor: Cursor, open: number): Value | undefined {
  const { text, at: start } = cursor;
  if (cursor.depth >= deepest) return undefined;
  cursor.at = open + 1;
  cursor.depth++;
  const args = readList(cursor, 41);
  cursor.depth--;
  return args && { kind: 'macro', name: nameAt(text, start, open), args };
}

function readArray(cursor: Cursor, negated: boolean): ArrayValue | undefined {
  if (cursor.depth >= deepest) return undefined;
  const items: Value[] = [];
  cursor.depth++;
  cursor.at++;
  let end = closing(cursor, 93);
  while (end === 'none') {
    const value = readValue(cursor);
    if (!value) break;
    items.push(value);
    skipComma(cursor);
    end = closing(cursor, 93);
  }
  cursor.depth--;
  if (end === 'none' || end === 'broken') return undefined;
  return { kind: 'array', items, truncated: end === 'truncated', negated };
}

function readStruct(cursor: Cursor): StructValue | undefined {
  if (cursor.depth >= deepest) return undefined;
  const fields: Field[] = [];
  cursor.depth++;
  cursor.at++;
  let end = closing(cursor, 125);
  while (end === 'none') {
    const field = readField(cursor);
    if (!field) break;
    fields.push(field);
    skipComma(cursor);
    end = closing(cursor, 125);
  }
  cursor.depth--;
  if (end === 'none' || end === 'broken') return undefined;
  return { kind: 'struct', fields, truncated: end === 'truncated' };
}

/** Consumes the end of an array or struct, if it is here: `]`, or `...]`. */
function closing(cursor: Cursor, close: number): 'none' | 'complete' | 'truncated' | 'broken' {
  skipSpaces(cursor);
  const code = peek(cursor);
  if (code === close) {
    cursor.at++;
    return 'complete';
  }
  if (code === 46 && startsWith(cursor, '...')) {
    cursor.at += 3;
    if (peek(cursor) !== close) return 'broken';
    cursor.at++;
    return 'truncated';
  }
  return cursor.at < cursor.end ? 'none' : 'broken';
}

/** Commas part items, or, in sets, nothing but spaces. */
function skipComma(cursor: Cursor): void {
  skipSpaces(cursor);
  if (peek(cursor) === 44) cursor.at++;
}

function readField(cursor: Cursor): Field | undefined {
  const { text, at: start } = cursor;
  const end = wordEnd(text, start);
  if (end > start && text.charCodeAt(end) === 61 && text.charCodeAt(end + 1) !== 61) {
    cursor.at = end + 1;
    const value = readValue(cursor);
    return value && { name: nameAt(text, start, end), value };
  }
  const value = readValue(cursor);
  return value && { name: undefined, value };
}

/** Whether an item can end here; in sets, spaces part the members. */
function endsItem(cursor: Cursor): boolean {
  if (cursor.at >= cursor.end) return cursor.at === cursor.end;
  const code = peek(cursor);
  if (code === 44 || code === 41 || code === 93 || code === 125) return true;
  if (code !== 32) return false;
  const next = cursor.text.charCodeAt(cursor.at + 1);
  if (cursor.depth > 0) return isWord(next) || next === 46 || next === 45;
  return next === 41 || next === 44 || next === 32;
}

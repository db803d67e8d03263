import { Cursor, peek, remainder, startsWith } from './cursor.js';
import type { Event } from './event.js';
import { own } from './own.js';
import { openingBracket, readCall } from './read-call.js';
import { readMarker } from './read-marker.js';
import { findNotice, readNotice } from './read-notice.js';
import { type Prefix, readPrefix } from './read-prefix.js';
import { type Head, type Piece, Unfinished } from './unfinished.js';

/** Makes events of lines, and joins the calls that take two. */
export class LineReader {
  readonly #emit: (event: Event) => void;
  readonly #unfinished: Unfinished;
  /** The call in whose middle strace printed a notice, and which the next line continues. */
  #cut: Head | undefined;

  constructor(emit: (event: Event) => void) {
    this.#emit = emit;
    this.#unfinished = new Unfinished(emit);
  }

  /** Reads the line that the cursor spans. */
  read(cursor: Cursor, line: number): void {
    const start = cursor.at;
    if (this.#cut && this.#continue(cursor, line, this.#cut)) return;
    if (this.#readEvent(cursor, line)) return;
    cursor.at = start;
    const notice = readNotice(cursor, line);
    cursor.at = start;
    this.#emit(notice ?? { kind: 'unparsed', line, text: own(remainder(cursor)) });
  }

  /** Emits the calls that no line will end any more. */
  end(): void {
    if (this.#cut) this.#unfinished.emit(this.#cut);
    this.#cut = undefined;
    this.#unfinished.end();
  }

  #readEvent(cursor: Cursor, line: number): boolean {
    const start = cursor.at;
    if (peek(cursor) === 32 && this.#readAttachment(cursor, line)) return true;
    const prefix = readPrefix(cursor);
    switch (peek(cursor)) {
      case 43: // +
      case 45: // -
        return this.#readMarker(cursor, line, prefix);
      case 60: // <
        return this.#resume(cursor, line, prefix, start);
      default:
        return this.#readCall(cursor, line, prefix, start);
    }
  }

  /** ` > frame` or ` | dump`. */
  #readAttachment(cursor: Cursor, line: number): boolean {
    const frame = startsWith(cursor, ' > ');
    if (!frame && !startsWith(cursor, ' | ')) return false;
    cursor.at += 3;
    this.#emit({ kind: frame ? 'frame' : 'dump', line, text: own(remainder(cursor)) });
    return true;
  }

  #readMarker(cursor: Cursor, line: number, prefix: Prefix): boolean {
    const event = readMarker(cursor, line, prefix);
    if (!event) return false;
    if (event.kind === 'exit' || event.kind === 'killed') this.#unfinished.abandon(event.pid);
    else if (event.kind === 'superseded') this.#unfinished.supersede(event.pid, event.by);
    this.#emit(event);
    return true;
  }

  /** `<... read resumed>"text", 4) = 4`. */
  #resume(cursor: Cursor, line: number, prefix: Prefix, start: number): boolean {
    const { text, at } = cursor;
    if (!startsWith(cursor, '<... ')) return false;
    const close = text.indexOf(' resumed>', at);
    if (close < 0 || close >= cursor.end) return false;
    const head = this.#unfinished.resume(prefix.pid, text.slice(at + 5, close));
    if (!head) return false;
    const whole = text.slice(start, cursor.end);
    const tail = text.slice(close + 9, cursor.end);
    this.#join(head, tail, line, whole, prefix.pid ?? head.prefix.pid);
    return true;
  }

  /** The line after a notice that stood in the middle of a call. */
  #continue(cursor: Cursor, line: number, cut: Head): boolean {
    const code = peek(cursor);
    // More notices may come in between: a call clones but one process, yet others attach as well.
    if (readNotice(cursor, line)) return false;
    this.#cut = undefined;
    // A space, or one of `,)]}`: nothing else goes on in the middle of a call.
    if (code === 32 || code === 44 || code === 41 || code === 93 || code === 125) {
      const rest = remainder(cursor);
      this.#join(cut, rest, line, rest, cut.prefix.pid);
      return true;
    }
    this.#unfinished.emit(cut);
    return false;
  }

  /** Reads a call whose text two lines share. */
  #join(head: Head, tail: string, line: number, whole: string, pid: number | undefined): void {
    const text = own(head.text + tail);
    const cursor = new Cursor(text, 0, text.length);
    const pieces = [...head.pieces, { line, text: own(whole) }];
    const prefix = { ...head.prefix, pid };
    if (this.#beginUnfinished(cursor, prefix, pieces)) return;
    const call = readCall(cursor, prefix, head.pieces[0]?.line ?? line, line);
    if (call) this.#emit(call);
    else for (const piece of pieces) this.#emit({ kind: 'unparsed', ...piece });
  }

  #readCall(cursor: Cursor, line: number, prefix: Prefix, start: number): boolean {
    const at = cursor.at;
    if (isUnfinished(cursor)) {
      const pieces = [{ line, text: own(cursor.text.slice(start, cursor.end)) }];
      return this.#beginUnfinished(cursor, prefix, pieces);
    }
    const call = readCall(cursor, prefix, line, line);
    if (call) {
      this.#emit(call);
      return true;
    }
    cursor.at = at;
    return this.#beginCut(cursor, line, prefix, start);
  }

  #beginUnfinished(cursor: Cursor, prefix: Prefix, pieces: readonly Piece[]): boolean {
    const marker = unfinishedMarker(cursor);
    if (marker < 0 || openingBracket(cursor.text, cursor.at) < 0) return false;
    const head = { prefix, text: own(cursor.text.slice(cursor.at, marker)), pieces };
    if (cursor.text.startsWith(detached, marker)) this.#unfinished.emit(head);
    else this.#unfinished.begin(head);
    return true;
  }

  /** `clone(flags=...strace: Process 7 attached`: the call goes on on the next line. */
  #beginCut(cursor: Cursor, line: number, prefix: Prefix, start: number): boolean {
    const found = findNotice(cursor, line);
    if (!found || this.#cut) return false;
    if (openingBracket(cursor.text, cursor.at) < 0) return false;
    const text = cursor.text.slice(cursor.at, found.at);
    const whole = own(cursor.text.slice(start, found.at));
    this.#cut = { prefix, text: own(text), pieces: [{ line, text: whole }] };
    this.#emit(found.notice);
    return true;
  }
}

const unfinished = ' <unfinished ...>';
const detached = ' <detached ...>';
/** `<pid changed to 7 ...>`: the thread executes a program, and goes on under its leader's pid. */
const pidChanged = ' <pid changed to ';

/** Whether the line ends in one of the marks of a call without an end. */
function isUnfinished(cursor: Cursor): boolean {
  return cursor.text.charCodeAt(cursor.end - 1) === 62 && unfinishedMarker(cursor) >= 0;
}

/** Index of the mark that the text ends in, or -1. */
function unfinishedMarker(cursor: Cursor): number {
  for (const mark of [unfinished, detached]) {
    const at = cursor.end - mark.length;
    if (at >= cursor.at && cursor.text.startsWith(mark, at)) return at;
  }
  return pidChangeMarker(cursor);
}

function pidChangeMarker({ text, at, end }: Cursor): number {
  if (!text.startsWith(' ...>', end - 5)) return -1;
  const mark = text.lastIndexOf(pidChanged, end);
  return mark >= at && /^\d+$/.test(text.slice(mark + pidChanged.length, end - 5)) ? mark : -1;
}

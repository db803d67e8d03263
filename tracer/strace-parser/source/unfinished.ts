import { Cursor } from './cursor.js';
import type { Event } from './event.js';
import { readUnfinished } from './read-call.js';
import type { Prefix } from './read-prefix.js';

/** The beginning of a call, whose end is still to come. It owns its memory. */
export interface Head {
  readonly prefix: Prefix;
  /** From the name on, as far as it was printed. */
  readonly text: string;
  /** The lines it was printed on. */
  readonly pieces: readonly Piece[];
}

/** A whole line. */
export interface Piece {
  readonly line: number;
  readonly text: string;
}

/** The calls that have begun and not ended, by process. */
export class Unfinished {
  readonly #heads = new Map<number | undefined, Head>();
  readonly #emit: (event: Event) => void;

  constructor(emit: (event: Event) => void) {
    this.#emit = emit;
  }

  begin(head: Head): void {
    this.abandon(head.prefix.pid);
    this.#heads.set(head.prefix.pid, head);
  }

  /**
   * Removes the head of a call that goes on under `pid`. strace prints no pid while it traces a
   * single process, so that the two halves of a call may differ in having one.
   */
  resume(pid: number | undefined, name: string): Head | undefined {
    const head =
      this.#named(pid, name) ??
      (pid === undefined ? this.#only(name) : this.#named(undefined, name));
    if (head) this.#heads.delete(head.prefix.pid);
    return head;
  }

  /** Emits the call of a process that will not resume it. */
  abandon(pid: number | undefined): void {
    const head = this.#heads.get(pid);
    if (!head) return;
    this.#heads.delete(pid);
    this.emit(head);
  }

  /** Thread `by` takes the place, and the pid, of `pid`: its `execve` will resume there. */
  supersede(pid: number | undefined, by: number): void {
    this.abandon(pid);
    const head = this.#heads.get(by);
    if (!head) return;
    this.#heads.delete(by);
    this.#heads.set(pid, { ...head, prefix: { ...head.prefix, pid } });
  }

  /** Emits what is left, at the end of the log. */
  end(): void {
    for (const pid of [...this.#heads.keys()]) this.abandon(pid);
  }

  /** Emits a call that never completed. */
  emit(head: Head): void {
    const cursor = new Cursor(head.text, 0, head.text.length);
    const first = head.pieces[0]?.line ?? 0;
    const call = readUnfinished(cursor, head.prefix, first, head.pieces.at(-1)?.line ?? first);
    if (call) this.#emit(call);
    else for (const { line, text } of head.pieces) this.#emit({ kind: 'unparsed', line, text });
  }

  #named(pid: number | undefined, name: string): Head | undefined {
    const head = this.#heads.get(pid);
    return head?.text.startsWith(`${name}(`) ? head : undefined;
  }

  /** The one head of that name, if there is but one. */
  #only(name: string): Head | undefined {
    const heads = [...this.#heads.values()].filter((head) => head.text.startsWith(`${name}(`));
    return heads.length === 1 ? heads[0] : undefined;
  }
}

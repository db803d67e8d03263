import { linkAt } from '../../kernel/link-target.js';
import { processFile } from '../../kernel/process-file.js';
import { type Credentials, credentialsIn, statusField } from './credentials.js';
import { ourView, type View, viewOf } from './view.js';

/** What is known of a thread that a call came from. */
export interface Thread {
  readonly id: number;
  /** The process id: that of the thread group's first thread. */
  readonly process: number;
  /** The program that it runs: an absolute path. */
  readonly executable: string;
  /** Whether its root directory and its mounts are ours, and how they are reached if not. */
  readonly view: View;
  readonly credentials: Credentials;
}

/**
 * The threads that have called, each looked up once for a while. A thread's id can be given to
 * another when it has ended, and its program changes with execve: what was not asked for a moment
 * is looked up again.
 */
export class Threads {
  readonly #known = new Map<number, { thread: Thread; until: number }>();
  /** Whether any thread may have other roots or mounts than we: before that, none is asked. */
  #apart = false;
  /** Until when what is looked up may change at once. */
  #unsettled = 0;

  /** @returns undefined when the thread is gone, or may not be looked at. */
  get(id: number): Thread | undefined {
    const known = this.#known.get(id);
    const now = performance.now();
    if (known !== undefined && now < known.until) {
      known.until = now + shelfLife;
      return known.thread;
    }
    const thread = lookUp(id, this.#apart);
    if (thread === undefined || now < this.#unsettled) return thread;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(id, { thread, until: now + shelfLife });
    return thread;
  }

  /** What is known of a thread, and of those of its process, is no longer true from now on. */
  forget({ id, process }: Thread): void {
    for (const [other, { thread }] of this.#known) {
      if (thread.process === process) this.#known.delete(other);
    }
    // The process takes the name of its first thread: which may call until then.
    if (id !== process) this.#settle(shelfLife);
  }

  /** A thread changes its root directory or its mounts, which it may share with others. */
  part(): void {
    this.#apart = true;
    this.#known.clear();
    this.#settle(aMoment);
  }

  #settle(after: number): void {
    this.#unsettled = Math.max(this.#unsettled, performance.now() + after);
  }
}

/** Milliseconds; ids are handed out in a circle, and come round much later than that. */
const shelfLife = 200;
const mostKnown = 4096;
/** Milliseconds, in which a call that was let go has happened. */
const aMoment = 5;

function lookUp(id: number, apart: boolean): Thread | undefined {
  const status = processFile(id, 'status');
  const executable = linkAt(`/proc/${id}/exe`);
  const view = apart ? viewOf(id) : ourView;
  if (status === undefined || executable === undefined || view === undefined) return undefined;
  return {
    id,
    process: Number(statusField(status, 'Tgid')) || id,
    executable: executable.replace(/ \(deleted\)$/, ''),
    view,
    credentials: credentialsIn(status),
  };
}

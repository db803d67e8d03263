import { readFileSync, readlinkSync } from 'node:fs';
import { pathFromBytes } from '../../kernel/path-bytes.js';

/** What is known of a thread that a call came from. */
export interface Thread {
  readonly id: number;
  /** The process id: that of the thread group's first thread. */
  readonly process: number;
  /** The program that it runs: an absolute path. */
  readonly executable: string;
  /** Its root directory; `/` unless it was changed. */
  readonly root: string;
  readonly credentials: Credentials;
}

/** Effective ids: what the kernel checks file permissions with. */
export interface Credentials {
  readonly user: number;
  readonly group: number;
  readonly groups: readonly number[];
}

/**
 * The threads that have called, each looked up once for a while. A thread's id can be given to
 * another when it has ended, and its program changes with execve: what was not asked for a moment
 * is looked up again.
 */
export class Threads {
  readonly #known = new Map<number, { thread: Thread; until: number }>();

  /** @returns undefined when the thread is gone, or may not be looked at. */
  get(id: number): Thread | undefined {
    const known = this.#known.get(id);
    const now = performance.now();
    if (known !== undefined && now < known.until) {
      known.until = now + shelfLife;
      return known.thread;
    }
    const thread = lookUp(id);
    if (thread === undefined) return undefined;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(id, { thread, until: now + shelfLife });
    return thread;
  }

  /** What is known of a process is no longer true: it executes another program. */
  forget(process: number): void {
    for (const [id, { thread }] of this.#known) {
      if (thread.process === process) this.#known.delete(id);
    }
  }
}

/** Milliseconds; ids are handed out in a circle, and come round much later than that. */
const shelfLife = 50;
const mostKnown = 4096;

function lookUp(id: number): Thread | undefined {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'latin1');
    return {
      id,
      process: Number(/^Tgid:\s*(\d+)/m.exec(status)?.[1] ?? id),
      executable: linkOf(`/proc/${id}/exe`).replace(/ \(deleted\)$/, ''),
      root: linkOf(`/proc/${id}/root`),
      credentials: {
        user: Number(/^Uid:\s*\d+\s+(\d+)/m.exec(status)?.[1] ?? 0),
        group: Number(/^Gid:\s*\d+\s+(\d+)/m.exec(status)?.[1] ?? 0),
        groups: (/^Groups:\s*([\d ]*)/m.exec(status)?.[1] ?? '').split(' ').map(Number),
      },
    };
  } catch {
    return undefined;
  }
}

function linkOf(path: string): string {
  return pathFromBytes(readlinkSync(path, 'buffer'));
}

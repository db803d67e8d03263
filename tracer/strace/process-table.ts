import type { OwnRuleset } from '../own-layer.js';

/** A thread of the target, as the kernel shares its parts among threads and forks. */
export interface TracedThread {
  readonly id: number;
  /** The process id: that of the thread group's first thread. */
  readonly process: number;
  /** Shared by threads, and by what was cloned with CLONE_FS. */
  readonly place: Place;
  /** Shared by the threads of a process. */
  readonly image: Image;
  /** Where descriptors led when the log last showed them; shared by the threads of a process. */
  readonly descriptors: Map<number, string>;
  /** The Landlock rulesets behind descriptors; shared likewise. */
  readonly rulesets: Map<number, OwnRuleset>;
  /** How many of them a program has restricted this thread with, and which program. */
  readonly layers: { executable: string; number: number };
}

export interface Place {
  /** Undefined until it is known, in a log that does not begin with the program. */
  directory: string | undefined;
}

export interface Image {
  /** The program that the process runs: an absolute path, or empty while unknown. */
  executable: string;
  /** What the kernel opened to run it. */
  interpreters: readonly string[];
}

/** The threads of the target that are alive, and those that ever were. */
export class ProcessTable {
  readonly #alive = new Map<number, TracedThread>();
  readonly #ever = new Set<number>();

  /** A thread whose start the log does not hold: the first one, or one that was attached to. */
  begin(id: number, directory: string | undefined): TracedThread {
    return this.#add({
      id,
      process: id,
      place: { directory },
      image: { executable: '', interpreters: [] },
      descriptors: new Map(),
      rulesets: new Map(),
      layers: { executable: '', number: 0 },
    });
  }

  /** clone(2), fork(2), vfork(2): `shares` names what the child has in common with its parent. */
  spawn(
    parent: TracedThread,
    id: number,
    shares: { readonly place: boolean; readonly process: boolean },
  ): TracedThread {
    return this.#add({
      id,
      process: shares.process ? parent.process : id,
      place: shares.place ? parent.place : { ...parent.place },
      image: shares.process ? parent.image : { ...parent.image },
      descriptors: shares.process ? parent.descriptors : new Map(parent.descriptors),
      rulesets: shares.process ? parent.rulesets : new Map(parent.rulesets),
      layers: { ...parent.layers },
    });
  }

  end(id: number): void {
    this.#alive.delete(id);
  }

  get(id: number): TracedThread | undefined {
    return this.#alive.get(id);
  }

  /** Whether a process or thread id is, or was, the target's own. */
  isOwn(id: number): boolean {
    return this.#ever.has(id);
  }

  alive(): readonly number[] {
    return [...this.#alive.keys()];
  }

  #add(thread: TracedThread): TracedThread {
    this.#alive.set(thread.id, thread);
    this.#ever.add(thread.id);
    return thread;
  }
}

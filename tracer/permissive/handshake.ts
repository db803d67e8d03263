/** What the thread that starts the target has for the supervisor. */
export interface Offer {
  /** The listener's descriptor. */
  readonly listener: number;
  /** The thread that installed the filter. */
  readonly installer: number;
  /** The guard's descriptor. */
  readonly guard: number;
  readonly live: Live;
  /** Whether the target restricts itself before it begins. */
  readonly restricted: boolean;
}

/** What is to be told while the run goes on: each operation as it comes, or what was noted so far. */
export type Live = (typeof lives)[number];

const lives = ['nothing', 'operations', 'growth'] as const;

/**
 * How our two threads begin: the one that starts the target offers its listener, the supervisor
 * accepts once it is ready to answer. They speak through shared memory and not through messages,
 * since both then stop reading messages, and since the main thread would be a detour.
 */
export class Handshake {
  /** What a handshake is made of in the other thread. */
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(memory = new SharedArrayBuffer(24)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
  }

  offer({ listener, installer, guard, live, restricted }: Offer): void {
    this.#words.set([listener, installer, guard, lives.indexOf(live), restricted ? 1 : 0], 1);
    Atomics.compareExchange(this.#words, 0, open, offered);
    Atomics.notify(this.#words, 0);
  }

  /**
   * There will be no listener, or nobody to answer: whichever of the threads waits goes home.
   *
   * @returns whether it came to that: false when the supervisor has accepted already.
   */
  refuse(): boolean {
    for (const state of [open, offered]) Atomics.compareExchange(this.#words, 0, state, refused);
    Atomics.notify(this.#words, 0);
    return Atomics.load(this.#words, 0) === refused;
  }

  /** Waits for the offer. @returns null when there will be none. */
  awaitOffer(): Offer | null {
    Atomics.wait(this.#words, 0, open);
    if (Atomics.load(this.#words, 0) === refused) return null;
    const [, listener = -1, installer = -1, guard = -1, live = 0, restricted] = this.#words;
    const told = lives[live] ?? 'nothing';
    return { listener, installer, guard, live: told, restricted: restricted === 1 };
  }

  /** The supervisor answers from now on. @returns false when it was refused by now. */
  accept(): boolean {
    const before = Atomics.compareExchange(this.#words, 0, offered, accepted);
    Atomics.notify(this.#words, 0);
    return before === offered;
  }

  /** Waits until the supervisor answers. @returns false when it never will. */
  awaitAcceptance(): boolean {
    Atomics.wait(this.#words, 0, offered);
    return Atomics.load(this.#words, 0) === accepted;
  }
}

const open = 0;
const offered = 1;
const accepted = 2;
const refused = 3;

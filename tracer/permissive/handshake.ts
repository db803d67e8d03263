/**
 * How our two threads begin: the one that starts the target offers its listener, the supervisor
 * accepts once it is ready to answer. They speak through shared memory and not through messages,
 * since both then stop reading messages, and since the main thread would be a detour.
 */
export class Handshake {
  /** What a handshake is made of in the other thread. */
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(memory = new SharedArrayBuffer(12)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
  }

  /** There is a listener: its descriptor, and the thread that installed the filter. */
  offer(listener: number, installer: number): void {
    this.#words[1] = listener;
    this.#words[2] = installer;
    this.#become(offered);
  }

  /** There will be no listener. */
  refuse(): void {
    this.#become(refused);
  }

  /** Waits for the offer. @returns null when there will be none. */
  awaitOffer(): { readonly listener: number; readonly installer: number } | null {
    Atomics.wait(this.#words, 0, open);
    if (Atomics.load(this.#words, 0) === refused) return null;
    return { listener: this.#words[1] ?? -1, installer: this.#words[2] ?? -1 };
  }

  /** The supervisor answers from now on. */
  accept(): void {
    this.#become(accepted);
  }

  awaitAcceptance(): void {
    Atomics.wait(this.#words, 0, offered);
  }

  #become(state: number): void {
    Atomics.store(this.#words, 0, state);
    Atomics.notify(this.#words, 0);
  }
}

const open = 0;
const offered = 1;
const accepted = 2;
const refused = 3;

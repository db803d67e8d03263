/** Does something as often as it is asked for, but no faster than a person, or we, can follow. */
export class Pace {
  readonly #act: () => void;
  readonly #pause: number;
  #timer: NodeJS.Timeout | undefined;
  #earliest = 0;

  /** @param pause - milliseconds at the least between two times. */
  constructor(act: () => void, pause: number) {
    this.#act = act;
    this.#pause = pause;
  }

  /** To be done as soon as its time has come. */
  ask(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#earliest - performance.now());
    this.#timer = setTimeout(() => this.now(), wait);
  }

  /** To be done at once, whatever was asked before. */
  now(): void {
    this.end();
    const start = performance.now();
    this.#act();
    const end = performance.now();
    this.#earliest = end + Math.max(this.#pause, share * (end - start));
  }

  /** Nothing that was asked is to be done. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** So many times as long as it took nothing of it is done: the keys must not wait for it. */
const share = 3;

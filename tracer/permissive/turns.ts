/**
 * Tells whether the target's threads take turns in calling. Those that do are woken up where they
 * were: a thread is woken up on our processor only if it called from there, and we are not always
 * taken to the processor that a call comes from. (A sleeper that has had more than its share stays
 * enqueued where it was, and is woken up there: DELAY_DEQUEUE in kernel/sched/fair.c.) Drawn to ours,
 * it shares one processor with another thread while its own idles, until the kernel balances their
 * load again, milliseconds later.
 */
export class Turns {
  #last = 0;
  #inARow = 0;

  /** Whether the thread that calls now has called often since any other did. */
  isAlone(thread: number): boolean {
    this.#inARow = thread === this.#last ? this.#inARow + 1 : 0;
    this.#last = thread;
    return this.#inARow >= often;
  }
}

/** Between two calls of one compiler, another that runs beside it seldom has as many. */
const often = 16;

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
  #changed = Number.NEGATIVE_INFINITY;

  /**
   * Whether the thread that calls now is the only one that called for a while.
   *
   * @param now - milliseconds, on a clock that is never set.
   */
  isAlone(thread: number, now: number): boolean {
    if (thread !== this.#last) {
      this.#last = thread;
      this.#changed = now;
    }
    return now - this.#changed > aWhile;
  }
}

/** Milliseconds: compilers that run side by side call more often than that. */
const aWhile = 2;

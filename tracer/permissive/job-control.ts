import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { handleSignals } from '../../kernel/signal-handlers.js';

/**
 * Ctrl-Z and `fg`. The terminal stops the whole process group; were we stopped with it, nobody
 * would answer the calls with which a target puts the terminal in order before it stops itself. So
 * we go on until the target has stopped, and only then stop, for the shell to see.
 */
export class JobControl {
  readonly #leader: () => number | undefined;
  readonly #stopHandling: () => void;
  /** Whether the terminal has asked for a stop that the target has not made yet. */
  #asked = false;

  /** @param leader - the target's process id, once it is known. */
  constructor(leader: () => number | undefined) {
    this.#leader = leader;
    this.#stopHandling = handleSignals([
      ['SIGTSTP', this.#ask],
      ['SIGCONT', this.#goOn],
    ]);
  }

  /** The target has stopped by a signal: by the terminal's, or by SIGSTOP once it had handled it. */
  targetStopped(signal: number): void {
    if (signal !== constants.signals.SIGSTOP) return this.#stop();
    // The two come by different ways: ours may be a moment late.
    setTimeout(() => {
      if (this.#asked) this.#stop();
    }, aMoment);
  }

  end(): void {
    this.#stopHandling();
  }

  readonly #ask = () => {
    this.#asked = true;
  };

  readonly #goOn = () => {
    const leader = this.#leader();
    if (leader !== undefined && isStopped(leader)) process.kill(leader, 'SIGCONT');
  };

  #stop(): void {
    this.#asked = false;
    process.kill(process.pid, 'SIGSTOP');
  }
}

/** Milliseconds. */
const aMoment = 50;

function isStopped(process: number): boolean {
  try {
    return /^State:\s*T/m.test(readFileSync(`/proc/${process}/status`, 'latin1'));
  } catch {
    return false;
  }
}

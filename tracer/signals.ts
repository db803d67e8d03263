import { handleSignals } from '../kernel/signal-handlers.js';

/**
 * Hands on to the target what is sent to us while it runs. Signals of the terminal's keys have
 * reached the whole process group already, and must not come twice: for those we only stay alive.
 *
 * @param target - its process id, once that is known; signals that come before wait for it.
 * @returns what ends the forwarding.
 */
export function forwardSignals(target: () => number | undefined): () => void {
  const waiting = new Set<NodeJS.Timeout>();
  const forward = (signal: NodeJS.Signals) => {
    const id = target();
    if (id !== undefined) return sendSignal(id, signal);
    const retry = setTimeout(() => {
      waiting.delete(retry);
      forward(signal);
    }, aMoment);
    waiting.add(retry);
  };
  const stopHandling = handleSignals([
    ...handedOn.map((signal) => [signal, forward] as const),
    ...fromKeys.map((signal) => [signal, ignore] as const),
  ]);
  return () => {
    stopHandling();
    for (const retry of waiting) clearTimeout(retry);
  };
}

/** Waits, and tells what waits when somebody wants us to end by a signal. */
export async function unlessSignalled<Result>(
  wait: (signalled: Promise<void>) => Promise<Result>,
): Promise<Result> {
  let signalled = ignore;
  const signal = new Promise<void>((resolve) => {
    signalled = resolve;
  });
  const ends = [...fromKeys, 'SIGTERM', 'SIGHUP'] as const;
  const stopHandling = handleSignals(ends.map((name) => [name, signalled]));
  try {
    return await wait(signal);
  } finally {
    stopHandling();
  }
}

const handedOn: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
const fromKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
/** Milliseconds. */
const aMoment = 5;

function ignore(): void {}

/** A process that has ended already is no error. */
export function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended, or become somebody whom we may not signal.
  }
}

/**
 * Hands on to the target what is sent to us while it runs. Signals of the terminal's keys have
 * reached the whole process group already, and must not come twice: for those we only stay alive.
 *
 * @param target - its process id, once that is known; signals that come before wait for it.
 * @returns what ends the forwarding.
 */
export function forwardSignals(target: () => number | undefined): () => void {
  const forward = (signal: NodeJS.Signals) => sendTo(target(), signal);
  for (const signal of handedOn) process.on(signal, forward);
  for (const signal of fromKeys) process.on(signal, ignore);
  return () => {
    for (const signal of handedOn) process.off(signal, forward);
    for (const signal of fromKeys) process.off(signal, ignore);
  };
}

const handedOn: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
const fromKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

function ignore(): void {}

function sendTo(target: number | undefined, signal: NodeJS.Signals): void {
  if (target === undefined) return;
  try {
    process.kill(target, signal);
  } catch {
    // It has ended already.
  }
}

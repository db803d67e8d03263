import { heeded } from './inherited.js';

/** What to do at which signal. */
export type SignalHandlers = readonly (readonly [
  NodeJS.Signals,
  (signal: NodeJS.Signals) => void,
])[];

/**
 * Handles signals, but for those that whoever started us had ignored, as nohup(1) does: those stay
 * so. @returns what ends that.
 */
export function handleSignals(handlers: SignalHandlers): () => void {
  const handled = handlers.filter(([name]) => heeded(name));
  for (const [name, handler] of handled) process.on(name, handler);
  return () => {
    for (const [name, handler] of handled) process.off(name, handler);
  };
}

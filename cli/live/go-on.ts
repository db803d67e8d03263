import { handleSignals } from '../../kernel/signal-handlers.js';
import { tell } from '../output.js';
import type { Session } from './session.js';
import type { TargetOutput } from './target-output.js';

/**
 * Stays with a target whose review was left, to its end: without us its calls would fail. What it
 * writes is handed on, and signals end it.
 */
export async function goOn(session: Session, output: TargetOutput, name: string): Promise<void> {
  const onInterrupt = () => session.stop('SIGINT');
  const onEnd = () => session.stop();
  const stopHandling = handleSignals([
    ['SIGINT', onInterrupt],
    ['SIGTERM', onEnd],
    ['SIGHUP', onEnd],
  ]);
  try {
    tell(`${name} runs on, and ll-learn with it; Ctrl-C ends it`);
    output.relay();
    await session.over();
    tell(`${name} ${session.how}`);
  } finally {
    stopHandling();
  }
}

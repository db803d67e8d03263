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
  process.on('SIGINT', onInterrupt).on('SIGTERM', onEnd).on('SIGHUP', onEnd);
  try {
    tell(`${name} runs on, and ll-learn with it; Ctrl-C ends it`);
    output.relay();
    await session.over();
    tell(`${name} ${session.how}`);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onEnd).off('SIGHUP', onEnd);
  }
}

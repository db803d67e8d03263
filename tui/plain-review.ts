import { createInterface } from 'node:readline';
import { sameDecisions } from '../inference/decisions/decisions.js';
import { handleSignals } from '../kernel/signal-handlers.js';
import type { ReviewMeans } from './means.js';
import { presentDecisions } from './outcome.js';
import { answered, beginTalk } from './plain.js';
import type { ReviewResult, ReviewSubject } from './subject.js';
import { left, type Talk } from './talk.js';

interface Lines {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Lets a person review in questions and answers, each a line. The end of the input and the signals
 * that end a process leave it without writing.
 */
export function reviewPlainly(
  subject: ReviewSubject,
  { input, output }: Lines,
  means: ReviewMeans = {},
): Promise<ReviewResult> {
  return new Promise((resolve, reject) => {
    let talk = beginTalk(subject);
    const lines = createInterface({ input, crlfDelay: 1000 });
    const end = (settle: () => void) => {
      stopHandling();
      lines.off('close', onSignal);
      lines.close();
      settle();
    };
    const onSignal = () => proceed(left);
    const proceed = (step: (talk: Talk) => Talk) => {
      try {
        const before = talk.model.history.present.decisions;
        talk = step(talk);
        const { decisions } = talk.model.history.present;
        if (!sameDecisions(before, decisions)) means.onDecided?.(presentDecisions(talk.model));
        const { result } = talk;
        if (result !== undefined) return end(() => resolve(result));
        output.write(`${talk.lines.join('\n')} `);
      } catch (error) {
        end(() => reject(error));
      }
    };
    const stopHandling = handleSignals(signals.map((signal) => [signal, onSignal]));
    lines.on('line', (answer) => {
      if (talk.result === undefined) proceed((before) => answered(before, answer));
    });
    lines.on('close', onSignal);
    proceed((before) => before);
  });
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

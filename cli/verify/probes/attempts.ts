import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { prepareRuleset } from '../../../landlock/enforce.js';
import type { Ruleset } from '../../../landlock/ruleset.js';
import type { Attempt, Outcome } from './attempt.js';
import type { AttemptOrder } from './attempt-thread.js';

/**
 * Tries things under a ruleset that the kernel enforces: in a thread that restricts itself, and
 * ends. What comes of them stands in their order.
 */
export async function tryUnder(
  ruleset: Ruleset,
  abi: number,
  attempts: readonly Attempt[],
): Promise<readonly Outcome[]> {
  if (attempts.length === 0) return [];
  const { descriptor } = prepareRuleset(ruleset, abi);
  const order: AttemptOrder = { ruleset: descriptor, attempts };
  const thread = new Worker(createRequire(import.meta.url).resolve('#attempt-thread'), {
    workerData: order,
    stdout: true,
    stderr: true,
    trackUnmanagedFds: false,
  });
  const ended = once(thread, 'exit');
  const [outcomes] = await once(thread, 'message');
  await ended;
  return outcomes;
}

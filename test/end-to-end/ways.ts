import type { Ended } from '../support/command.js';
import { enforcing, learning, type Stage, withoutOurWords } from './stage.js';

/** How a command ended with nobody looking, while it was learned, and under what was learned. */
export interface Ways {
  readonly bare: Ended;
  readonly learned: Ended;
  readonly enforced: Ended;
}

/**
 * Runs a command in all three ways from a shell of its own, so that the circumstances which that
 * sets up come from a parent, as they do in life.
 *
 * @param script - what the shell does, with the command as `"$@"`.
 */
export async function threeWays(
  stage: Stage,
  script: string,
  command: readonly string[],
): Promise<Ways> {
  const profile = stage.profile('learned');
  const perform = (words: readonly string[]) =>
    stage.perform(['sh', '-c', `${script}\nexit $?`, 'sh', ...words]);
  return {
    bare: await perform(command),
    learned: withoutOurWords(await perform(learning(profile, command))),
    enforced: withoutOurWords(await perform(enforcing(profile, command))),
  };
}

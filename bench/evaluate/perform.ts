import type { Program } from './program.js';
import type { Ended, Stage } from './stage.js';

/** What a run shows of itself. */
export interface Performance extends Ended {
  /** What the other end of a connection got. */
  readonly other: string;
}

/** Runs a task in whatever words, with the other end of its connection. */
export async function performTask(
  { meanwhile }: Program,
  stage: Stage,
  port: number,
  words: readonly string[],
): Promise<Performance> {
  if (meanwhile === undefined) return { ...(await stage.perform(words)), other: '' };
  let ended: Ended = { status: 'not run', stdout: '', stderr: '', process: -1 };
  const other = await meanwhile(port, async () => {
    ended = await stage.perform(words);
  });
  return { ...ended, other };
}

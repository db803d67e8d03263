import { readdirSync, readFileSync } from 'node:fs';

/** The children of a process: of all its threads, some of which may end meanwhile. */
export function childrenOf(process: number): readonly number[] {
  return threadsOf(process).flatMap((thread) =>
    childrenOfThread(process, thread)
      .split(' ')
      .filter((id) => id !== '')
      .map(Number),
  );
}

/** A process and everything that descends from it. */
export function familyOf(process: number): readonly number[] {
  return [process, ...childrenOf(process).flatMap(familyOf)];
}

function threadsOf(process: number): readonly string[] {
  try {
    return readdirSync(`/proc/${process}/task`);
  } catch {
    return []; // It has ended.
  }
}

function childrenOfThread(process: number, thread: string): string {
  try {
    return readFileSync(`/proc/${process}/task/${thread}/children`, 'latin1');
  } catch {
    return '';
  }
}

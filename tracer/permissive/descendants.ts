import { readdirSync, readFileSync } from 'node:fs';

/** The children of a process: of all its threads. */
export function childrenOf(process: number): readonly number[] {
  try {
    return readdirSync(`/proc/${process}/task`).flatMap((thread) =>
      readFileSync(`/proc/${process}/task/${thread}/children`, 'latin1')
        .split(' ')
        .filter((id) => id !== '')
        .map(Number),
    );
  } catch {
    return []; // It has ended.
  }
}

/** A process and everything that descends from it. */
export function familyOf(process: number): readonly number[] {
  return [process, ...childrenOf(process).flatMap(familyOf)];
}

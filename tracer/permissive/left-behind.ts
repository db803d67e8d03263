import { processFile } from '../../kernel/process-file.js';

/** A process by its id and the moment of its start, which no later owner of the id shares. */
export interface Known {
  readonly id: number;
  /** Clock ticks after boot; the field `starttime` of proc_pid_stat(5). */
  readonly start: string;
}

/** A process as it is now; undefined when there is none, or it has ended and waits to be reaped. */
export function knownProcess(id: number): Known | undefined {
  const stat = processFile(id, 'stat');
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const start = fields[19];
  if (start === undefined || state === 'Z' || state === 'X') return undefined;
  return { id, start };
}

/** Whether a process that was known still runs. */
export function stillRuns(known: Known): boolean {
  return knownProcess(known.id)?.start === known.start;
}

/** A process's name, for people. */
export function nameOf(id: number): string {
  return processFile(id, 'comm')?.trim() ?? `process ${id}`;
}

/** Ends a process, unless it has ended by itself. */
export function end(known: Known): void {
  try {
    if (stillRuns(known)) process.kill(known.id, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

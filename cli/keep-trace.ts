import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trace } from '../tracer/trace.js';
import { traceLines } from '../tracer/trace-file.js';
import { tell } from './output.js';
import { writeFileWhole } from './write-file.js';

/** Writes a trace where it is wanted; where that fails, it is kept elsewhere before that is told. */
export function writeTrace(file: string, trace: Trace, name: string): void {
  try {
    writeFileWhole(file, traceLines(trace), 'the trace');
  } catch (error) {
    keepTrace(trace, name);
    throw error;
  }
}

/**
 * Keeps a trace whose profile could not be, or was not to be, written: what a long run has shown
 * is never lost. Tells where it is.
 */
export function keepTrace(trace: Trace, name: string): void {
  for (const directory of places()) {
    const file = join(directory, `${name}.trace.jsonl`);
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileWhole(file, traceLines(trace), 'the trace');
      return tell(`the trace is kept in ${file} (ll-learn infer makes a profile of it)`);
    } catch {
      // Full or not ours to write: the next place may be better.
    }
  }
  tell('the trace could not be kept either: no place to write was found');
}

function places(): readonly string[] {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  const user = process.getuid?.() ?? 0;
  return [join(state, 'll-learn'), join(tmpdir(), `ll-learn-${user}`), `/dev/shm/ll-learn-${user}`];
}

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeDirectory } from '../tracer/home.js';
import { writeFileWhole } from './write-file.js';

/**
 * Keeps what must not be lost in a file of the user's, wherever there is room.
 *
 * @returns the file; undefined when no place was found.
 */
export function keepFile(
  name: string,
  content: () => Iterable<string>,
  what: string,
): string | undefined {
  for (const directory of places()) {
    const file = join(directory, name);
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileWhole(file, content(), what);
      return file;
    } catch {
      // Full or not ours to write: the next place may be better.
    }
  }
  return undefined;
}

function places(): readonly string[] {
  const home = homeDirectory();
  const state = process.env['XDG_STATE_HOME'] || (home && join(home, '.local', 'state'));
  const user = process.getuid?.() ?? 0;
  const own = state ? [join(state, 'll-learn')] : [];
  return [...own, join(tmpdir(), `ll-learn-${user}`), `/dev/shm/ll-learn-${user}`];
}

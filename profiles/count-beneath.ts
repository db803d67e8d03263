import { type Dirent, readdirSync } from 'node:fs';
import { pathForNode } from '../kernel/path-bytes.js';

/** How much stands in a hierarchy. */
export interface Population {
  readonly files: number;
  readonly directories: number;
  /** Whether everything was counted before the time was up. */
  readonly complete: boolean;
}

/**
 * Counts what stands beneath a directory, which itself is one of the directories. Symlinks count
 * as files and are not followed, since rights go to what they lead to.
 *
 * @param until - when to give up, by `performance.now()`.
 */
export function countBeneath(directory: string, until: number): Population {
  const waiting: (string | Buffer)[] = [pathForNode(directory)];
  let files = 0;
  let directories = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (performance.now() > until) return { files, directories, complete: false };
    directories += 1;
    for (const entry of entriesOf(next)) {
      if (entry.isDirectory()) waiting.push(joined(next, entry.name));
      else files += 1;
    }
  }
  return { files, directories, complete: true };
}

/** Names as bytes: they need not be UTF-8. */
function entriesOf(directory: string | Buffer): readonly Dirent<Buffer>[] {
  try {
    return readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return []; // Closed to us, or gone.
  }
}

function joined(directory: string | Buffer, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(directory), Buffer.from('/'), name]);
}

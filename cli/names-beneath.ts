import { type Dirent, readdirSync } from 'node:fs';
import { pathForNode, pathFromBytes } from '../kernel/path-bytes.js';
import type { Names } from '../tui/subject.js';

/** So many names are enough to see what is opened; a person waits no longer for them. */
const most = 40;
const patience = 200;

/**
 * Some of what lies beneath a directory and is not among the paths that were used: what is closest
 * to it first. Symlinks are left out, for rights go to what they lead to.
 */
export function namesBeneath(directory: string, used: ReadonlySet<string>): Names {
  const until = performance.now() + patience;
  const unused: string[] = [];
  const waiting = [directory];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const entry of entriesOf(next)) {
      if (unused.length === most || performance.now() > until) return { unused, complete: false };
      const path = `${next === '/' ? '' : next}/${pathFromBytes(entry.name)}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (!entry.isSymbolicLink() && !used.has(path)) unused.push(relative(path, directory));
    }
  }
  return { unused, complete: true };
}

function entriesOf(directory: string): readonly Dirent<Buffer>[] {
  try {
    const entries = readdirSync(pathForNode(directory), {
      withFileTypes: true,
      encoding: 'buffer',
    });
    return entries.sort((one, other) => Buffer.compare(one.name, other.name));
  } catch {
    return []; // Closed to us, or gone.
  }
}

function relative(path: string, directory: string): string {
  return path.slice(directory === '/' ? 1 : directory.length + 1);
}

import { type Dirent, readdirSync } from 'node:fs';
import { pathForNode, pathFromBytes } from '../../../kernel/path-bytes.js';

/** What is there of a pattern, in which `*` is any part of one name; without one, the path itself. */
export function pathsLike(pattern: string): readonly string[] {
  const names = pattern.split('/').filter((name) => name !== '');
  let found: readonly string[] = [''];
  for (const name of names) {
    found = name.includes('*')
      ? found.flatMap((above) => childrenLike(above, name))
      : found.map((above) => `${above}/${name}`);
  }
  return found;
}

/**
 * What stands beneath a directory, itself not; symlinks are not followed.
 *
 * @param most - where there is more than that, the rest is left out.
 */
export function pathsBeneath(
  directory: string,
  most: number,
): { readonly paths: readonly string[]; readonly complete: boolean } {
  const found: string[] = [];
  const waiting = [directory];
  for (let at = 0; at < waiting.length; at++) {
    const next = waiting[at] ?? directory;
    for (const entry of entriesOf(next)) {
      if (found.length >= most) return { paths: found, complete: false };
      const path = `${next === '/' ? '' : next}/${pathFromBytes(entry.name)}`;
      found.push(path);
      if (entry.isDirectory()) waiting.push(path);
    }
  }
  return { paths: found, complete: true };
}

function childrenLike(above: string, glob: string): readonly string[] {
  const parts = glob.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const like = new RegExp(`^${parts.join('[^]*')}$`);
  return entriesOf(above === '' ? '/' : above)
    .map(({ name }) => pathFromBytes(name))
    .filter((name) => like.test(name))
    .map((name) => `${above}/${name}`);
}

/** Names as bytes: they need not be UTF-8. */
function entriesOf(directory: string): readonly Dirent<Buffer>[] {
  try {
    return readdirSync(pathForNode(directory), { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return []; // Closed to us, or gone.
  }
}

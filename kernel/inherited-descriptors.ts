import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The descriptors above 2 that our caller handed us, for the target to have as well (a make
 * jobserver, a shell's `<(…)`, `3<file`). Call it before anything is opened.
 *
 * Node marks most of them close-on-exec as it starts, and opens some of its own: those are its
 * anonymous inodes, and pipes of which we hold both ends and our parent none.
 */
export function inheritedDescriptors(): readonly number[] {
  const open = descriptorsOf('self');
  const ends = new Map<string, number>();
  for (const { target } of open) ends.set(target, (ends.get(target) ?? 0) + 1);
  const held = new Set(descriptorsOf(process.ppid).map(({ target }) => target));
  return open
    .filter(({ number, target }) => {
      if (number <= 2 || target.startsWith('anon_inode:')) return false;
      const bothEnds = target.startsWith('pipe:') && (ends.get(target) ?? 0) > 1;
      return !bothEnds || held.has(target);
    })
    .map(({ number }) => number);
}

interface OpenDescriptor {
  readonly number: number;
  readonly target: string;
}

function descriptorsOf(process: number | 'self'): readonly OpenDescriptor[] {
  const directory = `/proc/${process}/fd`;
  const found: OpenDescriptor[] = [];
  for (const name of namesIn(directory)) {
    try {
      found.push({ number: Number(name), target: readlinkSync(`${directory}/${name}`) });
    } catch {
      // The descriptor that listed the directory: it is closed by now.
    }
  }
  return found.sort((one, other) => one.number - other.number);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // Another user's process: what it holds is not for us to see.
  }
}

import type { Inference } from '../../inference/inference.js';
import type { Observed } from '../../inference/observe.js';
import { type FsAccess, fsAccess } from '../../landlock/access-set.js';
import { hierarchiesOf } from '../../landlock/hierarchy.js';
import type { Disk, FileCount } from './disk-count.js';

/** Files that are there, that rules open, and that the training did not use so. */
export interface Widening {
  readonly readable: number;
  readonly writable: number;
  readonly executable: number;
  /** Of the readable and the writable ones, those that are no part of the installed system. */
  readonly personal: number;
}

/** Counts on the disk, as the training has left it, what the rules open beyond what was used. */
export function wideningOf(
  { paths }: Pick<Inference, 'paths'>,
  observed: Observed,
  disk: Disk,
): Widening {
  const opened = (right: FsAccess, count: (path: string) => FileCount): FileCount => {
    const carrying = new Set(
      paths.filter(({ access }) => (access & right) !== 0).map(({ path }) => path),
    );
    const highest = [...carrying].filter((path) => !isCovered(path, carrying));
    const granted = sum(highest.map(count));
    const used = sum(usedFiles(observed, right).map(count));
    return { all: granted.all - used.all, personal: granted.personal - used.personal };
  };
  const readable = opened(fsAccess('read_file'), (path) => disk.files(path));
  const writable = opened(fsAccess('write_file'), (path) => disk.files(path));
  const executable = opened(fsAccess('execute'), (path) => disk.programs(path));
  return {
    readable: readable.all,
    writable: writable.all,
    executable: executable.all,
    personal: readable.personal + writable.personal,
  };
}

function usedFiles({ needs }: Observed, right: FsAccess): readonly string[] {
  const used = needs.paths.filter(({ directory, access }) => !directory && (access & right) !== 0);
  return [...new Set(used.map(({ node }) => node.path))];
}

function isCovered(path: string, hierarchies: ReadonlySet<string>): boolean {
  const [, ...above] = hierarchiesOf(path);
  return above.some((hierarchy) => hierarchies.has(hierarchy));
}

function sum(counts: readonly FileCount[]): FileCount {
  return counts.reduce(
    (one, other) => ({ all: one.all + other.all, personal: one.personal + other.personal }),
    { all: 0, personal: 0 },
  );
}

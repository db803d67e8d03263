import type { PathRule } from '../inference/inference.js';
import { type FsAccess, fsAccess, intersection } from '../landlock/access-set.js';

/**
 * What rules open beyond the uses, for people: `+214 files readable, +2 directories listable`.
 * Empty where they open nothing, or nobody counted.
 */
export function openingText(rules: readonly Pick<PathRule, 'opens'>[]): string {
  return ways
    .map(({ access, what, adjective }) => {
      const count = rules
        .map(({ opens }) => mostOf(opens ?? [], access, what))
        .reduce((sum, one) => sum + one, 0);
      return { count, text: `+${count} ${what[count === 1 ? 0 : 1]} ${adjective}` };
    })
    .filter(({ count }) => count > 0)
    .map(({ text }) => text)
    .join(', ');
}

/** The rights by what they make of a thing. */
const ways: readonly {
  readonly access: FsAccess;
  readonly what: readonly ['file' | 'directory', 'files' | 'directories'];
  readonly adjective: string;
}[] = [
  { access: fsAccess('execute'), what: ['file', 'files'], adjective: 'executable' },
  { access: fsAccess('read_file'), what: ['file', 'files'], adjective: 'readable' },
  { access: fsAccess('write_file', 'truncate'), what: ['file', 'files'], adjective: 'writable' },
  { access: fsAccess('ioctl_dev'), what: ['file', 'files'], adjective: 'controllable' },
  { access: fsAccess('resolve_unix'), what: ['file', 'files'], adjective: 'connectable' },
  { access: fsAccess('read_dir'), what: ['directory', 'directories'], adjective: 'listable' },
  {
    access: fsAccess(
      ...(['make_char', 'make_dir', 'make_reg', 'make_sock', 'make_fifo', 'make_block'] as const),
      ...(['make_sym', 'remove_dir', 'remove_file', 'refer'] as const),
    ),
    what: ['directory', 'directories'],
    adjective: 'changeable',
  },
];

/** What one right opens, another of the same kind mostly opens as well. */
function mostOf(
  opens: NonNullable<PathRule['opens']>,
  access: FsAccess,
  what: readonly [string, string],
): number {
  const counts = opens
    .filter((opened) => opened.what === what[1] && intersection(opened.access, access) !== 0)
    .map(({ count }) => count);
  return Math.max(0, ...counts);
}

import { type FsAccess, fsAccess, intersection } from '../../../landlock/access-set.js';

/** What rights let a program do, in five kinds; each with a letter, since colours are not enough. */
export const powers = [
  { name: 'change', letter: 'C', what: 'make, remove and rename what is in it' },
  { name: 'write', letter: 'W', what: 'write to files' },
  { name: 'execute', letter: 'X', what: 'execute' },
  { name: 'control', letter: 'D', what: 'control devices, connect to sockets' },
  { name: 'read', letter: 'R', what: 'read and list' },
] as const;

export type Power = (typeof powers)[number]['name'];

/** The kinds that are among some rights, the weightiest first. */
export function powersOf(access: FsAccess): readonly Power[] {
  return powers.map(({ name }) => name).filter((name) => intersection(access, rights[name]) !== 0);
}

const rights: Readonly<Record<Power, FsAccess>> = {
  change: fsAccess(
    ...(['make_char', 'make_dir', 'make_reg', 'make_sock', 'make_fifo', 'make_block'] as const),
    ...(['make_sym', 'remove_dir', 'remove_file', 'refer'] as const),
  ),
  write: fsAccess('write_file', 'truncate'),
  execute: fsAccess('execute'),
  control: fsAccess('ioctl_dev', 'resolve_unix'),
  read: fsAccess('read_file', 'read_dir'),
};

import type { Call } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const directoryRights =
  'make_char make_dir make_reg make_sock make_fifo make_block make_sym remove_dir remove_file refer';

const makings = [
  ['a file by mknod(2)', ['mknod', 'a/new', 'regular'], 'make_reg'],
  ['a fifo', ['mknod', 'a/new', 'fifo'], 'make_fifo'],
  ['a socket’s file by mknod(2)', ['mknod', 'a/new', 'socket'], 'make_sock'],
  ['a socket’s file by bind(2)', ['bind-path', 'a/new'], 'make_sock'],
  ['a character device', ['mknod', 'a/new', 'char-device'], 'make_char'],
  ['a block device', ['mknod', 'a/new', 'block-device'], 'make_block'],
  ['a whiteout by mknod(2)', ['mknod', 'a/new', 'whiteout'], 'make_char'],
  ['a directory', ['mkdir', 'a/new'], 'make_dir'],
  ['a symlink', ['symlink', 'a/new', 'f'], 'make_sym'],
] as const satisfies readonly (readonly [string, Call, string])[];

/** What gives a thing a name, and what takes it. */
export const names: Chapter = {
  heading: 'Making and removing',
  cases: [
    ...makings.flatMap(([what, call, right]) => [
      inA(`making ${what}, with its right alone`, right, call, 'ok'),
      inA(`making ${what}, with every other right`, allBut(right), call, 'EACCES'),
      inA(
        `making ${what} where one is`,
        allBut(right),
        [call[0], 'a/taken', ...call.slice(2)] as unknown as Call,
        call[0] === 'bind-path' ? 'EADDRINUSE' : 'EEXIST',
      ),
    ]),
    inA('making a directory by a rule on another', 'make_dir', ['mkdir', 'b/new'], 'EACCES'),
    inA('making a directory in what is no directory', 'make_dir', ['mkdir', 'a/f/new'], 'ENOTDIR'),
    inA('making a directory in what is not there', 'make_dir', ['mkdir', 'a/none/new'], 'ENOENT'),
    inA('removing a file, with its right alone', 'remove_file', ['unlink', 'a/f'], 'ok'),
    inA(
      'removing a file, with the right to remove directories',
      'remove_dir',
      ['unlink', 'a/f'],
      'EACCES',
    ),
    inA('removing a symlink', 'remove_file', ['unlink', 'a/l'], 'ok'),
    inA('removing a symlink, without the right', 'remove_dir', ['unlink', 'a/l'], 'EACCES'),
    inA('removing a fifo', 'remove_file', ['unlink', 'a/p'], 'ok'),
    inA('removing a socket’s file', 'remove_file', ['unlink', 'a/s'], 'ok'),
    inA('removing a device', 'remove_file', ['unlink', 'a/c'], 'ok'),
    inA('removing a directory, with its right alone', 'remove_dir', ['rmdir', 'a/d'], 'ok'),
    inA(
      'removing a directory, with the right to remove files',
      'remove_file',
      ['rmdir', 'a/d'],
      'EACCES',
    ),
    inA(
      'removing a directory that is full: Landlock is asked first',
      'remove_file',
      ['rmdir', 'a/full'],
      'EACCES',
    ),
    inA(
      'removing a directory that is full, with the right',
      'remove_dir',
      ['rmdir', 'a/full'],
      'ENOTEMPTY',
    ),
    inA(
      'unlinking a directory, with the right to remove files',
      'remove_file',
      ['unlink', 'a/d'],
      'EISDIR',
    ),
    inA(
      'unlinking a directory, with the right to remove directories',
      'remove_dir',
      ['unlink', 'a/d'],
      'EACCES',
    ),
    inA(
      'rmdir(2) of a file, with the right to remove directories',
      'remove_dir',
      ['rmdir', 'a/f'],
      'ENOTDIR',
    ),
    inA(
      'rmdir(2) of a file, with the right to remove files',
      'remove_file',
      ['rmdir', 'a/f'],
      'EACCES',
    ),
    inA('removing what is not there', 'make_sock', ['unlink', 'a/none'], 'ENOENT'),
    {
      title: 'removing by a rule on the thing itself, which holds for nothing above it',
      tree: 'a/d/',
      layers: [{ rules: { 'a/d': 'remove_dir' } }],
      call: ['rmdir', 'a/d'],
      end: 'EACCES',
    },
    {
      title: 'removing where that is not handled',
      tree: 'a/f',
      layers: [{ fs: 'remove_dir' }],
      call: ['unlink', 'a/f'],
      end: 'ok',
    },
  ],
};

function allBut(right: string): string {
  return directoryRights
    .split(' ')
    .filter((one) => one !== right)
    .join(' ');
}

function inA(title: string, rights: string, call: Call, end: string): Case {
  const tree = 'a/f a/taken a/l@f a/p| a/s= a/c% a/d/ a/full/g b/';
  return { title, tree, layers: [{ rules: { a: rights } }], call, end };
}

import type { Call } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const both = 'execute read_file';

/** execve(2) and its relatives: the program, and whatever the kernel opens for it. */
export const executing: Chapter = {
  heading: 'Executing',
  cases: [
    on('a program, with executing and reading', 'a/x*', { 'a/x': both }, ['execute', 'a/x'], 'ok'),
    on('a program, without reading', 'a/x*', { 'a/x': 'execute' }, ['execute', 'a/x'], 'EACCES'),
    on(
      'a program, without executing',
      'a/x*',
      { 'a/x': 'read_file' },
      ['execute', 'a/x'],
      'EACCES',
    ),
    on('a program, by its directory', 'a/x*', { a: both }, ['execute', 'a/x'], 'ok'),
    on('a program by a symlink', 'a/l@/b/x b/x*', { 'b/x': both }, ['execute', 'a/l'], 'ok'),
    on(
      'a program by a symlink out of what is granted',
      'a/l@/b/x b/x*',
      { a: both },
      ['execute', 'a/l'],
      'EACCES',
    ),
    on(
      'an ELF interpreter needs the same',
      'a/x*a/ld a/ld*',
      { 'a/x': both, 'a/ld': both },
      ['execute', 'a/x'],
      'ok',
    ),
    on(
      'an ELF interpreter, without executing',
      'a/x*a/ld a/ld*',
      { 'a/x': both, 'a/ld': 'read_file' },
      ['execute', 'a/x'],
      'EACCES',
    ),
    on(
      'an ELF interpreter, without reading',
      'a/x*a/ld a/ld*',
      { 'a/x': both, 'a/ld': 'execute' },
      ['execute', 'a/x'],
      'EACCES',
    ),
    on(
      'an ELF interpreter’s own interpreter is not opened',
      'a/x*a/ld a/ld*b/ld b/ld*',
      { a: both },
      ['execute', 'a/x'],
      'ok',
    ),
    on(
      'a script and its interpreter',
      'a/s!a/x a/x*',
      { 'a/s': both, 'a/x': both },
      ['execute', 'a/s'],
      'ok',
    ),
    on(
      'a script, without executing its interpreter',
      'a/s!a/x a/x*',
      { 'a/s': both, 'a/x': 'read_file' },
      ['execute', 'a/s'],
      'EACCES',
    ),
    on(
      'a script, without executing it',
      'a/s!a/x a/x*',
      { 'a/s': 'read_file', 'a/x': both },
      ['execute', 'a/s'],
      'EACCES',
    ),
    on(
      'a script, without reading it',
      'a/s!a/x a/x*',
      { 'a/s': 'execute', 'a/x': both },
      ['execute', 'a/s'],
      'EACCES',
    ),
    on('a script of a script', 'a/s!a/t a/t!a/x a/x*', { a: both }, ['execute', 'a/s'], 'ok'),
    on(
      'a script of a script, the last of which is not granted',
      'a/s!a/t a/t!b/x b/x*',
      { a: both },
      ['execute', 'a/s'],
      'EACCES',
    ),
    on(
      'a script, its interpreter, and the ELF interpreter of that',
      'a/s!a/x a/x*b/ld b/ld*',
      { a: both },
      ['execute', 'a/s'],
      'EACCES',
    ),
    on(
      'a script whose interpreter is not there: the script is asked for first',
      'a/s!a/none',
      {},
      ['execute', 'a/s'],
      'EACCES',
    ),
    on(
      'a script whose interpreter is not there, with the rights',
      'a/s!a/none',
      { a: both },
      ['execute', 'a/s'],
      'ENOENT',
    ),
    on('a script that is its own interpreter', 'a/s!a/s', { a: both }, ['execute', 'a/s'], 'ELOOP'),
    on('an empty file: Landlock is asked first', 'a/f', {}, ['execute', 'a/f'], 'EACCES'),
    on('an empty file, with the rights', 'a/f', { a: both }, ['execute', 'a/f'], 'ENOEXEC'),
    on('a directory', 'a/d/', { a: both }, ['execute', 'a/d'], 'EACCES'),
    on('what is not there', 'a/', {}, ['execute', 'a/x'], 'ENOENT'),
    on(
      'a descriptor of a program that was opened before is judged again',
      'a/x*',
      {},
      ['execute-opened', 'a/x'],
      'EACCES',
    ),
    on(
      'a descriptor of a program, with the rights',
      'a/x*',
      { a: both },
      ['execute-opened', 'a/x'],
      'ok',
    ),
    on('a program in memory, which no rule can hold', 'a/', {}, ['execute-memory'], 'ok'),
    {
      title: 'a program where only executing is handled',
      tree: 'a/x*',
      layers: [{ fs: 'execute', rules: { a: 'execute' } }],
      call: ['execute', 'a/x'],
      end: 'ok',
    },
    {
      title: 'a program where only writing is handled',
      tree: 'a/x*',
      layers: [{ fs: 'write_file' }],
      call: ['execute', 'a/x'],
      end: 'ok',
    },
  ],
};

function on(
  title: string,
  tree: string,
  rules: Readonly<Record<string, string>>,
  call: Call,
  end: string,
): Case {
  return { title, tree, layers: [{ rules }], call, end };
}

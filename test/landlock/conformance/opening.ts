import type { LayerSpec } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

/** What opening asks for, right by right; and what fails before Landlock is asked. */
export const opening: Chapter = {
  heading: 'Opening',
  cases: [
    on('a file to read, with the right to', 'read_file', 'O_RDONLY', 'ok'),
    on(
      'a file to read, with every other right',
      'write_file execute truncate ioctl_dev',
      'O_RDONLY',
      'EACCES',
    ),
    on('a file to write, with the right to', 'write_file', 'O_WRONLY', 'ok'),
    on('a file to write, with the right to read', 'read_file', 'O_WRONLY', 'EACCES'),
    on('a file to append, with the right to write', 'write_file', 'O_WRONLY|O_APPEND', 'ok'),
    on('a file both ways, with both rights', 'read_file write_file', 'O_RDWR', 'ok'),
    on('a file both ways, without reading', 'write_file', 'O_RDWR', 'EACCES'),
    on('a file both ways, without writing', 'read_file', 'O_RDWR', 'EACCES'),
    on('a file with the access mode 3, without a right', 'ioctl_dev', 'O_ACCMODE', 'ok'),
    on('a file by its path alone, without a right', 'ioctl_dev', 'O_PATH', 'ok'),
    on(
      'a file to write and cut, with both rights',
      'write_file truncate',
      'O_WRONLY|O_TRUNC',
      'ok',
    ),
    on('a file to write and cut, without cutting', 'write_file', 'O_WRONLY|O_TRUNC', 'EACCES'),
    on('a file to write and cut, without writing', 'truncate', 'O_WRONLY|O_TRUNC', 'EACCES'),
    on('a file to read and cut, with both rights', 'read_file truncate', 'O_RDONLY|O_TRUNC', 'ok'),
    on('a file to read and cut, without cutting', 'read_file', 'O_RDONLY|O_TRUNC', 'EACCES'),
    on(
      'a file with the access mode 3 and cut, with that right alone',
      'truncate',
      'O_ACCMODE|O_TRUNC',
      'ok',
    ),
    on(
      'an existing file with O_CREAT, without a right to make',
      'write_file',
      'O_WRONLY|O_CREAT',
      'ok',
    ),
    on(
      'an existing file with O_CREAT and O_TRUNC, as creat(2) does',
      'write_file truncate',
      'O_WRONLY|O_CREAT|O_TRUNC',
      'ok',
    ),
    on(
      'an existing file with O_CREAT and O_TRUNC, without cutting',
      'write_file',
      'O_WRONLY|O_CREAT|O_TRUNC',
      'EACCES',
    ),
    on('an existing file with O_EXCL', 'read_file', 'O_RDONLY|O_CREAT|O_EXCL', 'EEXIST'),
    on('a file as a directory', 'ioctl_dev', 'O_RDONLY|O_DIRECTORY', 'ENOTDIR'),
    on('a file by a rule on its directory', 'read_file', 'O_RDONLY', 'ok', 'a'),
    on('a file by a rule on the tree’s root', 'read_file', 'O_RDONLY', 'ok', '.'),
    on('a file by a rule on a directory beside', 'read_file', 'O_RDONLY', 'EACCES', 'b'),
    {
      title: 'a file by the union of rules on it and above it',
      tree: 'a/c/f',
      layers: [{ rules: { a: 'read_file', 'a/c/f': 'write_file' } }],
      call: ['open', 'a/c/f', 'O_RDWR'],
      end: 'ok',
    },
    {
      title: 'a file where a rule on it does not take away what is granted above',
      tree: 'a/f',
      layers: [{ rules: { a: 'read_file', 'a/f': 'execute' } }],
      call: ['open', 'a/f', 'O_RDONLY'],
      end: 'ok',
    },
    inA(
      'a new file to write, with making and writing',
      'make_reg write_file',
      'O_WRONLY|O_CREAT',
      'ok',
    ),
    inA('a new file to write, without making', 'write_file', 'O_WRONLY|O_CREAT', 'EACCES'),
    inA('a new file to write, without writing', 'make_reg', 'O_WRONLY|O_CREAT', 'EACCES'),
    inA(
      'a new file to cut, which cuts nothing',
      'make_reg write_file',
      'O_WRONLY|O_CREAT|O_TRUNC',
      'ok',
    ),
    inA('a new file with O_EXCL', 'make_reg read_file', 'O_RDONLY|O_CREAT|O_EXCL', 'ok'),
    inA('a new file with the access mode 3', 'make_reg', 'O_ACCMODE|O_CREAT', 'ok'),
    {
      title: 'a new file by a rule for its making on its directory, and for its writing above',
      tree: 'a/c/',
      layers: [{ rules: { 'a/c': 'make_reg', a: 'write_file' } }],
      call: ['open', 'a/c/f', 'O_WRONLY|O_CREAT'],
      end: 'ok',
    },
    {
      title: 'a new file by a dangling symlink: where that leads is what counts',
      tree: 'a/l@/b/new b/',
      layers: [{ rules: { a: 'make_reg write_file' } }],
      call: ['open', 'a/l', 'O_WRONLY|O_CREAT'],
      end: 'EACCES',
    },
    {
      title: 'what is not there',
      tree: 'a/',
      layers: [{}],
      call: ['open', 'a/f', 'O_RDONLY'],
      end: 'ENOENT',
    },
    {
      title: 'what would lie in a file',
      tree: 'a/f',
      layers: [{}],
      call: ['open', 'a/f/g', 'O_WRONLY|O_CREAT'],
      end: 'ENOTDIR',
    },
    {
      title: 'a file without a name, with writing, and without making',
      tree: 'a/',
      layers: [{ rules: { a: 'write_file' } }],
      call: ['open', 'a', 'O_TMPFILE|O_WRONLY'],
      end: 'ok',
    },
    {
      title: 'a file without a name both ways, without reading',
      tree: 'a/',
      layers: [{ rules: { a: 'write_file make_reg' } }],
      call: ['open', 'a', 'O_TMPFILE|O_RDWR'],
      end: 'EACCES',
    },
    {
      title: 'a directory, with the right to list it',
      tree: 'a/c/',
      layers: [{ rules: { 'a/c': 'read_dir' } }],
      call: ['open', 'a/c', 'O_RDONLY|O_DIRECTORY'],
      end: 'ok',
    },
    {
      title: 'a directory, with the right to read files',
      tree: 'a/c/',
      layers: [{ rules: { a: 'read_file' } }],
      call: ['open', 'a/c', 'O_RDONLY'],
      end: 'EACCES',
    },
    {
      title: 'a directory by a rule above, and not below',
      tree: 'a/c/',
      layers: [{ rules: { 'a/c': 'read_dir' } }],
      call: ['open', 'a', 'O_RDONLY'],
      end: 'EACCES',
    },
    {
      title: 'a directory to write',
      tree: 'a/',
      layers: [{}],
      call: ['open', 'a', 'O_WRONLY'],
      end: 'EISDIR',
    },
    {
      title: 'a directory by its path alone',
      tree: 'a/',
      layers: [{}],
      call: ['open', 'a', 'O_PATH'],
      end: 'ok',
    },
    {
      title: 'a symlink: the file is asked for, and the link is not',
      tree: 'a/l@/b/f b/f',
      layers: [{ rules: { b: 'read_file' } }],
      call: ['open', 'a/l', 'O_RDONLY'],
      end: 'ok',
    },
    {
      title: 'a symlink out of what is granted',
      tree: 'a/l@/b/f b/f',
      layers: [{ rules: { a: 'read_file' } }],
      call: ['open', 'a/l', 'O_RDONLY'],
      end: 'EACCES',
    },
    {
      title: 'a symlink that is not to be followed',
      tree: 'a/l@/b/f b/f',
      layers: [{}],
      call: ['open', 'a/l', 'O_RDONLY|O_NOFOLLOW'],
      end: 'ELOOP',
    },
    {
      title: 'a file through directories that nothing is granted on',
      tree: 'a/c/d/f',
      layers: [{ rules: { 'a/c/d/f': 'read_file' } }],
      call: ['open', 'a/c/d/f', 'O_RDONLY'],
      end: 'ok',
    },
    {
      title: 'a rule by a symlink holds for what that leads to',
      tree: 'a/l@/b b/f',
      layers: [{ rules: { 'a/l': 'read_file' } }],
      call: ['open', 'b/f', 'O_RDONLY'],
      end: 'ok',
    },
    special('a fifo both ways', 'a/f|', 'read_file write_file', 'O_RDWR', 'ok'),
    special('a fifo to read, without the right', 'a/f|', 'write_file', 'O_RDONLY', 'EACCES'),
    special(
      'a fifo to write and cut, which cuts nothing',
      'a/f|',
      'read_file write_file',
      'O_RDWR|O_TRUNC',
      'ok',
    ),
    special('a device to write', 'a/f%', 'write_file', 'O_WRONLY', 'ok'),
    special(
      'a device to write, without the right',
      'a/f%',
      'read_file ioctl_dev',
      'O_WRONLY',
      'EACCES',
    ),
    special(
      'a device to write and cut, which cuts nothing',
      'a/f%',
      'write_file',
      'O_WRONLY|O_TRUNC',
      'ok',
    ),
    special(
      'a device without a driver: Landlock is asked first',
      'a/f^',
      'ioctl_dev',
      'O_RDONLY',
      'EACCES',
    ),
    special('a device without a driver, with the right', 'a/f^', 'read_file', 'O_RDONLY', 'ENXIO'),
    special('a socket’s file: Landlock is asked first', 'a/f=', 'ioctl_dev', 'O_RDONLY', 'EACCES'),
    special('a socket’s file, with the right', 'a/f=', 'read_file', 'O_RDONLY', 'ENXIO'),
    unhandled('a file to read, where that is not handled', 'write_file', 'O_RDONLY', 'ok'),
    unhandled('a file to cut, where that is not handled', 'read_file', 'O_WRONLY|O_TRUNC', 'ok'),
    unhandled('a new file, where making is not handled', 'make_sock', 'O_RDWR|O_CREAT', 'ok'),
  ],
};

function on(title: string, rights: string, flags: string, end: string, path = 'a/f'): Case {
  const layers: LayerSpec[] = [{ rules: { [path]: rights } }];
  return { title, tree: 'a/f b/', layers, call: ['open', 'a/f', flags], end };
}

function inA(title: string, rights: string, flags: string, end: string): Case {
  return {
    title,
    tree: 'a/',
    layers: [{ rules: { a: rights } }],
    call: ['open', 'a/f', flags],
    end,
  };
}

function special(title: string, tree: string, rights: string, flags: string, end: string): Case {
  return { title, tree, layers: [{ rules: { 'a/f': rights } }], call: ['open', 'a/f', flags], end };
}

function unhandled(title: string, fs: string, flags: string, end: string): Case {
  return { title, tree: 'a/f', layers: [{ fs }], call: ['open', 'a/f', flags], end };
}

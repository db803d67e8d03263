import type { Call } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

/** What is judged when a file is opened, and holds for its descriptor; truncate(2); ioctl(2). */
export const descriptors: Chapter = {
  heading: 'Descriptors, truncation, ioctl',
  cases: [
    rule('truncate(2), with its right alone', 'truncate', ['truncate', 'a/f'], 'ok'),
    rule('truncate(2), with the right to write', 'write_file', ['truncate', 'a/f'], 'EACCES'),
    rule('truncate(2) of a directory', 'read_dir', ['truncate', 'a'], 'EISDIR'),
    {
      title: 'truncate(2) of a fifo',
      tree: 'a/f|',
      layers: [{}],
      call: ['truncate', 'a/f'],
      end: 'EINVAL',
    },
    {
      title: 'truncate(2) by a symlink',
      tree: 'a/l@/b/f b/f',
      layers: [{ rules: { a: 'truncate' } }],
      call: ['truncate', 'a/l'],
      end: 'EACCES',
    },
    {
      title: 'truncate(2) where it is not handled',
      tree: 'a/f',
      layers: [{ fs: 'write_file' }],
      call: ['truncate', 'a/f'],
      end: 'ok',
    },
    rule(
      'ftruncate(2), by the rights at the opening',
      'write_file truncate',
      ['ftruncate', 'a/f', 'O_WRONLY'],
      'ok',
    ),
    rule(
      'ftruncate(2) of what was opened without its right',
      'write_file',
      ['ftruncate', 'a/f', 'O_WRONLY'],
      'EACCES',
    ),
    rule(
      'ftruncate(2) of what could not be opened',
      'truncate',
      ['ftruncate', 'a/f', 'O_WRONLY'],
      'EACCES',
    ),
    rule(
      'ftruncate(2) of what is open to read',
      'read_file',
      ['ftruncate', 'a/f', 'O_RDONLY'],
      'EINVAL',
    ),
    rule(
      'ftruncate(2) of a new file, by its directory',
      'make_reg write_file truncate',
      ['ftruncate', 'a/g', 'O_WRONLY|O_CREAT'],
      'ok',
      'a',
    ),
    rule(
      'ftruncate(2) of a new file, without the right',
      'make_reg write_file',
      ['ftruncate', 'a/g', 'O_WRONLY|O_CREAT'],
      'EACCES',
      'a',
    ),
    rule(
      'ftruncate(2) of a file without a name',
      'write_file truncate',
      ['ftruncate', 'a', 'O_TMPFILE|O_WRONLY'],
      'ok',
      'a',
    ),
    rule(
      'ftruncate(2) of a file without a name, without the right',
      'write_file',
      ['ftruncate', 'a', 'O_TMPFILE|O_WRONLY'],
      'EACCES',
      'a',
    ),
    rule('ftruncate(2) of what was opened before', 'execute', ['ftruncate-opened', 'a/f'], 'ok'),
    {
      title: 'ftruncate(2) of what no layer but the older one lets be cut',
      tree: 'a/f',
      layers: [{ rules: { a: 'write_file truncate' } }, { rules: { a: 'write_file' } }],
      call: ['ftruncate', 'a/f', 'O_WRONLY'],
      end: 'EACCES',
    },
    rule(
      'a descriptor that was opened by its path, once more to read',
      'write_file',
      ['open-again', 'a/f', 'O_PATH', 'O_RDONLY'],
      'EACCES',
    ),
    rule(
      'the same, with the right: of the file, and none of /proc',
      'read_file',
      ['open-again', 'a/f', 'O_PATH', 'O_RDONLY'],
      'ok',
    ),
    rule(
      'a descriptor of a directory, once more',
      'read_dir',
      ['open-again', 'a', 'O_PATH', 'O_RDONLY'],
      'ok',
      'a',
    ),
    rule(
      'what was removed since, by the rule that it lay under',
      'read_file',
      ['open-removed', 'a/f', 'O_RDONLY'],
      'ok',
      'a',
    ),
    rule(
      'what was removed since, by the rule on itself',
      'read_file',
      ['open-removed', 'a/f', 'O_RDONLY'],
      'ok',
    ),
    rule(
      'what was removed since, without the right',
      'write_file',
      ['open-removed', 'a/f', 'O_RDONLY'],
      'EACCES',
      'a',
    ),
    rule('a file by its handle', 'read_file', ['open-by-handle', 'a/f', 'O_RDONLY'], 'ok', 'a'),
    rule(
      'a file by its handle, without the right',
      'write_file',
      ['open-by-handle', 'a/f', 'O_RDONLY'],
      'EACCES',
      'a',
    ),
    rule('a directory by its handle', 'read_dir', ['open-by-handle', 'a', 'O_RDONLY'], 'ok', '.'),
    rule('memory that is open, once more', 'ioctl_dev', ['open-memory', 'O_RDWR'], 'ok'),
    rule(
      'a file in a directory that is open',
      'read_file',
      ['open-in', 'a', 'f', 'O_RDONLY'],
      'ok',
    ),
    rule(
      'a file in a directory that is open, without the right',
      'write_file',
      ['open-in', 'a', 'f', 'O_RDONLY'],
      'EACCES',
    ),
    ...(['TCGETS', 'TIOCGWINSZ', 'FIONREAD', 'FS_IOC_GETFLAGS'] as const).flatMap((request) => [
      device(`${request} of a device, with the right`, 'read_file ioctl_dev', request, 'ENOTTY'),
      device(`${request} of a device, without the right`, 'read_file', request, 'EACCES'),
    ]),
    device('FIOCLEX of a device, which is exempt', 'read_file', 'FIOCLEX', 'ok'),
    device('FIONCLEX of a device, which is exempt', 'read_file', 'FIONCLEX', 'ok'),
    device('FIONBIO of a device, which is exempt', 'read_file', 'FIONBIO', 'ok'),
    device('FIOASYNC of a device, which is exempt', 'read_file', 'FIOASYNC', 'ok'),
    device('FIOQSIZE of a device, which is exempt', 'read_file', 'FIOQSIZE', 'ENOTTY'),
    device('FIGETBSZ of a device, which is exempt', 'read_file', 'FIGETBSZ', 'ok'),
    device(
      'FS_IOC_FIEMAP of a device, which is exempt',
      'read_file',
      'FS_IOC_FIEMAP',
      'EOPNOTSUPP',
    ),
    {
      title: 'TCGETS of a device where the right is not handled',
      tree: 'a/c%',
      layers: [{ fs: 'read_file write_file', rules: { a: 'read_file' } }],
      call: ['ioctl', 'a/c', 'TCGETS'],
      end: 'ENOTTY',
    },
    {
      title: 'TCGETS of a device that was opened before',
      tree: 'a/c%',
      layers: [{}],
      call: ['ioctl-opened', 'a/c', 'TCGETS'],
      end: 'ENOTTY',
    },
    {
      title: 'TCGETS of a device, granted by the older layer alone',
      tree: 'a/c%',
      layers: [{ rules: { a: 'read_file ioctl_dev' } }, { rules: { a: 'read_file' } }],
      call: ['ioctl', 'a/c', 'TCGETS'],
      end: 'EACCES',
    },
  ],
};

function rule(title: string, rights: string, call: Call, end: string, path = 'a/f'): Case {
  const rules = { [rights === 'read_dir' ? 'a' : path]: rights };
  return { title, tree: 'a/f', layers: [{ rules }], call, end };
}

function device(title: string, rights: string, request: string, end: string): Case {
  return {
    title,
    tree: 'a/c%',
    layers: [{ rules: { a: rights } }],
    call: ['ioctl', 'a/c', request],
    end,
  };
}

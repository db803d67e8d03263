import type { LayerSpec } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const reading: LayerSpec = { rules: { a: 'read_file' } };
const writing: LayerSpec = { rules: { a: 'write_file' } };
const both: LayerSpec = { rules: { a: 'read_file write_file' } };

/** Layers tighten: each has to grant what it handles. */
export const layers: Chapter = {
  heading: 'Layers',
  cases: [
    read('no layer', [], 'ok'),
    read('a layer that grants twice', [both], 'ok'),
    read('a layer that grants nothing', [{}], 'EACCES'),
    read('two layers that grant', [reading, both], 'ok'),
    read('the younger of two denies', [reading, writing], 'EACCES'),
    read('the older of two denies', [writing, reading], 'EACCES'),
    read('a layer between two denies', [both, writing, both], 'EACCES'),
    read('a layer that handles something else grants', [{ fs: 'write_file' }, reading], 'ok'),
    read(
      'two layers of which each handles another right',
      [{ fs: 'write_file' }, { fs: 'execute' }],
      'ok',
    ),
    read('a layer of the network alone grants', [{ fs: 'none', net: 'all' }], 'ok'),
    read('a layer of scopes alone grants', [{ fs: 'none', scoped: 'all' }], 'ok'),
    read(
      'layers that grant on different hierarchies',
      [{ rules: { '.': 'read_file' } }, { rules: { 'a/f': 'read_file' } }],
      'ok',
    ),
    read('layers of which one grants beside', [reading, { rules: { b: 'read_file' } }], 'EACCES'),
    read('sixteen layers that grant', sixteen(reading), 'ok'),
    read(
      'sixteen layers of which the oldest denies',
      [writing, ...sixteen(reading).slice(1)],
      'EACCES',
    ),
    read(
      'sixteen layers of which the youngest denies',
      [...sixteen(reading).slice(1), writing],
      'EACCES',
    ),
    readWrite('rights that only two layers together grant', [reading, writing], 'EACCES'),
    readWrite(
      'rights that each of two layers grants by two rules',
      [
        { rules: { a: 'read_file', 'a/f': 'write_file' } },
        { rules: { '.': 'write_file', a: 'read_file' } },
      ],
      'ok',
    ),
    readWrite(
      'a layer that handles one of two rights, and one that handles the other',
      [
        { fs: 'read_file', rules: { a: 'read_file' } },
        { fs: 'write_file', rules: { a: 'write_file' } },
      ],
      'ok',
    ),
    {
      title: 'removing that one layer grants to the file’s own directory, and one above it',
      tree: 'a/c/f',
      layers: [{ rules: { 'a/c': 'remove_file' } }, { rules: { a: 'remove_file' } }],
      call: ['unlink', 'a/c/f'],
      end: 'ok',
    },
    {
      title: 'a new file that one layer lets be made and another be written',
      tree: 'a/',
      layers: [{ rules: { a: 'make_reg' } }, { rules: { a: 'write_file' } }],
      call: ['open', 'a/f', 'O_WRONLY|O_CREAT'],
      end: 'EACCES',
    },
    {
      title: 'a program that the younger layer lets be read alone',
      tree: 'a/x*',
      layers: [{ rules: { a: 'execute read_file' } }, { rules: { a: 'read_file' } }],
      call: ['execute', 'a/x'],
      end: 'EACCES',
    },
    {
      title: 'mounting, which an older layer of files denies under one of the network',
      tree: 'a/',
      layers: [{}, { fs: 'none', net: 'all' }],
      call: ['mount', 'a'],
      end: 'EPERM',
    },
  ],
};

function read(title: string, of: readonly LayerSpec[], end: string): Case {
  return { title, tree: 'a/f b/', layers: of, call: ['open', 'a/f', 'O_RDONLY'], end };
}

function readWrite(title: string, of: readonly LayerSpec[], end: string): Case {
  return { title, tree: 'a/f b/', layers: of, call: ['open', 'a/f', 'O_RDWR'], end };
}

function sixteen(layer: LayerSpec): readonly LayerSpec[] {
  return Array.from({ length: 16 }, () => layer);
}

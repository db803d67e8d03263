import type { Call, LayerSpec } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const others =
  'execute read_file write_file read_dir truncate ioctl_dev remove_file make_reg make_sock';
const files: LayerSpec = { fs: 'execute' };
const network: LayerSpec = { fs: 'none', net: 'all' };
const signals: LayerSpec = { fs: 'none', scoped: 'signal' };
const sockets: LayerSpec = { fs: 'none', scoped: 'abstract_unix_socket' };

const paths: LayerSpec = { fs: 'execute resolve_unix' };
const granting: LayerSpec = { ...paths, rules: { '.': 'resolve_unix' } };

/** Stated for ABI 7, which asks nothing; what later ones answer is among the golden files. */
const asOfAbi9: readonly Case[] = [
  at('a connection, with the right', [granting], ['connect-path', 'a/s']),
  at('a connection, without it', [paths], ['connect-path', 'a/s']),
  at('a connection, with every other right', [{ rules: { '.': others } }], ['connect-path', 'a/s']),
  at('a connection, where nothing of it is handled', [files], ['connect-path', 'a/s']),
  at('a message, with the right', [granting], ['send-path', 'a/s']),
  at('a message, without it', [paths], ['send-path', 'a/s']),
  at(
    'a connection that the older of two layers grants',
    [granting, paths],
    ['connect-path', 'a/s'],
  ),
  at('a connection to what no layer restricts', [paths], ['connect-peer', 0]),
  at('a connection to what the layer restricts as well', [paths], ['connect-peer', 1]),
  at('a message to what the layer restricts as well', [paths], ['send-peer', 1]),
  at('a message to what the older of two layers restricts', [paths, paths], ['send-peer', 1]),
  at('a connection to what both layers restrict', [paths, paths], ['connect-peer', 2]),
  at(
    'a connection to what is under the only layer that handles it',
    [paths, files],
    ['connect-peer', 1],
  ),
  at('a connection to what is under the layer that does not', [files, paths], ['connect-peer', 1]),
];

/**
 * Other processes, and their sockets. What is reached was made outside the domain (0), or under
 * some of its layers: then it is the domain's own as far as those go.
 */
export const reaching: Chapter = {
  heading: 'Signals, abstract sockets, tracing',
  cases: [
    reach('a signal out of no domain', [], ['signal', 0], 'ok'),
    reach('a signal out of a domain without the scope', [files], ['signal', 0], 'ok'),
    reach('a signal out of a scope of sockets', [sockets], ['signal', 0], 'ok'),
    reach('a signal out of the scope', [signals], ['signal', 0], 'EPERM'),
    reach('a signal in the scope', [signals], ['signal', 1], 'ok'),
    reach('a signal to itself', [signals], ['signal-self'], 'ok'),
    reach('a signal to a group out of the scope', [signals], ['signal-group', 0], 'EPERM'),
    reach('a signal to a group in the scope', [signals], ['signal-group', 1], 'ok'),
    reach(
      'a signal by a descriptor of a process out of the scope',
      [signals],
      ['pidfd-signal', 0],
      'EPERM',
    ),
    reach(
      'a signal by a descriptor of a process in the scope',
      [signals],
      ['pidfd-signal', 1],
      'ok',
    ),
    reach('a signal out of the older of two scopes', [signals, signals], ['signal', 0], 'EPERM'),
    reach('a signal out of the younger of two scopes', [signals, signals], ['signal', 1], 'EPERM'),
    reach('a signal in both of two scopes', [signals, signals], ['signal', 2], 'ok'),
    reach(
      'a signal from under a scope to what is under it as well',
      [signals, files],
      ['signal', 1],
      'ok',
    ),
    reach(
      'a signal out of a scope that a layer without lies over',
      [signals, files],
      ['signal', 0],
      'EPERM',
    ),
    reach(
      'a signal out of a scope that lies over a layer without',
      [files, signals],
      ['signal', 1],
      'EPERM',
    ),
    reach(
      'a signal from between to what is further in',
      [files, signals, network],
      ['signal', 2],
      'ok',
    ),
    reach('a connection out of no domain', [], ['connect-abstract', 0], 'ok'),
    reach(
      'a connection out of a domain without the scope',
      [network],
      ['connect-abstract', 0],
      'ok',
    ),
    reach('a connection out of a scope of signals', [signals], ['connect-abstract', 0], 'ok'),
    reach('a connection out of the scope', [sockets], ['connect-abstract', 0], 'EPERM'),
    reach('a connection in the scope', [sockets], ['connect-abstract', 1], 'ok'),
    reach('a message out of the scope', [sockets], ['send-abstract', 0], 'EPERM'),
    reach('a message in the scope', [sockets], ['send-abstract', 1], 'ok'),
    reach('a message out of a domain without the scope', [files], ['send-abstract', 0], 'ok'),
    reach(
      'a connection out of the younger of two scopes',
      [sockets, sockets],
      ['connect-abstract', 1],
      'EPERM',
    ),
    reach('a connection in both of two scopes', [sockets, sockets], ['connect-abstract', 2], 'ok'),
    reach(
      'a connection from under a scope to what is under it as well',
      [sockets, files],
      ['connect-abstract', 1],
      'ok',
    ),
    reach(
      'a message out of a scope that lies over a layer without',
      [files, sockets],
      ['send-abstract', 1],
      'EPERM',
    ),
    ...asOfAbi9,
    reach('tracing out of no domain', [], ['trace', 0], 'ok'),
    reach('tracing out of a domain of files', [files], ['trace', 0], 'EPERM'),
    reach('tracing out of a domain of the network', [network], ['trace', 0], 'EPERM'),
    reach('tracing out of a domain of scopes', [sockets], ['trace', 0], 'EPERM'),
    reach('tracing in the domain', [files], ['trace', 1], 'ok'),
    reach('tracing out of the younger of two layers', [files, files], ['trace', 1], 'EPERM'),
    reach('tracing in both of two layers', [files, files], ['trace', 2], 'ok'),
    reach('reading the memory of a process outside', [files], ['read-memory', 0], 'EPERM'),
    reach('reading the memory of a process in the domain', [files], ['read-memory', 1], 'ok'),
    reach(
      'reading the memory of a process under the older layer alone',
      [files, network],
      ['read-memory', 1],
      'EPERM',
    ),
    reach('reading the memory of a process out of no domain', [], ['read-memory', 0], 'ok'),
  ],
};

function at(title: string, layers: readonly LayerSpec[], call: Call): Case {
  return reach(`by a path, asked from ABI 9 on: ${title}`, layers, call, 'ok');
}

function reach(title: string, layers: readonly LayerSpec[], call: Call, end: string): Case {
  return { title, tree: 'a/', layers, call, end };
}

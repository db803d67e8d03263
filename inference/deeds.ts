import type { FileType, Operation } from '../landlock/operation.js';
import type { Intent } from './dangers/danger.js';

/** What an operation does to the very thing that it names, as far as danger goes. */
export interface Deed {
  readonly path: string;
  readonly intent: Intent;
}

/**
 * An operation's deeds. Other than what the kernel asks for it, they lie on the thing and not on
 * the directory that holds it: a rename writes what it puts in place.
 */
export function deedsOf(operation: Operation): readonly Deed[] {
  switch (operation.kind) {
    case 'open':
      return openDeeds(operation);
    case 'make':
      return plants.includes(operation.type) ? [written(operation.path)] : [];
    case 'rename':
      return operation.exchange
        ? [written(operation.to), written(operation.from)]
        : [written(operation.to)];
    case 'link':
      return [written(operation.to)];
    case 'connect-unix':
      return [{ path: operation.path, intent: 'connect' }];
    default:
      return [];
  }
}

/** An empty directory, a pipe or a socket says nothing to who finds it; a symlink leads elsewhere. */
const plants: readonly FileType[] = ['regular', 'symlink', 'block-device', 'char-device'];

function openDeeds(operation: Operation & { kind: 'open' }): readonly Deed[] {
  const { path, type, read, write, create } = operation;
  if (type === 'directory') return [];
  const makes = create === 'new' || create === 'exclusive';
  return [
    ...(read ? [{ path, intent: 'read' } as const] : []),
    ...(write || makes ? [written(path)] : []),
  ];
}

function written(path: string): Deed {
  return { path, intent: 'write' };
}

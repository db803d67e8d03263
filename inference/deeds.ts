import type { FileType, Operation } from '../landlock/operation.js';
import type { RecordedOperation } from '../tracer/trace.js';
import type { Intent } from './dangers/danger.js';

/** Is told what an operation does to the very thing that it names, as far as danger goes. */
export type Tell = (path: string, intent: Intent, by: RecordedOperation) => void;

/**
 * Tells an operation's deeds. Other than what the kernel asks for it, they lie on the thing and not
 * on the directory that holds it: a rename writes what it puts in place.
 */
export function tellDeeds(by: RecordedOperation, tell: Tell): void {
  const { operation } = by;
  switch (operation.kind) {
    case 'open':
      if (reads(operation)) tell(operation.path, 'read', by);
      if (writes(operation)) tell(operation.path, 'write', by);
      break;
    case 'make':
      if (plants.includes(operation.type)) tell(operation.path, 'write', by);
      break;
    case 'rename':
      tell(operation.to, 'write', by);
      if (operation.exchange) tell(operation.from, 'write', by);
      break;
    case 'link':
      tell(operation.to, 'write', by);
      break;
    case 'connect-unix':
      tell(operation.path, 'connect', by);
      break;
  }
}

/** An empty directory, a pipe or a socket says nothing to who finds it; a symlink leads elsewhere. */
const plants: readonly FileType[] = ['regular', 'symlink', 'block-device', 'char-device'];

function reads({ type, read }: Operation & { kind: 'open' }): boolean {
  return read && type !== 'directory';
}

function writes({ type, write, create }: Operation & { kind: 'open' }): boolean {
  return (write || create === 'new' || create === 'exclusive') && type !== 'directory';
}

import type { Operation } from './operation.js';

/** Every path that an operation names; none for what is not about files. */
export function pathsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'open':
    case 'make':
    case 'remove':
    case 'truncate':
    case 'device-ioctl':
    case 'connect-unix':
      return [operation.path];
    case 'open-unnamed':
      return [operation.directory];
    case 'execute':
      return [operation.program, ...operation.interpreters];
    case 'rename':
    case 'link':
      return [operation.from, operation.to];
    case 'bind':
    case 'connect':
    case 'connect-abstract':
    case 'signal':
    case 'trace-process':
    case 'change-topology':
      return [];
  }
}

import type { Operation } from './operation.js';

/** The same operation on other paths. */
export function withPaths(operation: Operation, other: (path: string) => string): Operation {
  switch (operation.kind) {
    case 'open':
    case 'make':
    case 'remove':
    case 'truncate':
    case 'device-ioctl':
    case 'connect-unix':
      return { ...operation, path: other(operation.path) };
    case 'open-unnamed':
      return { ...operation, directory: other(operation.directory) };
    case 'execute': {
      const { program, interpreters } = operation;
      return { ...operation, program: other(program), interpreters: interpreters.map(other) };
    }
    case 'rename':
    case 'link':
      return { ...operation, from: other(operation.from), to: other(operation.to) };
    case 'bind':
    case 'connect':
    case 'connect-abstract':
    case 'signal':
    case 'trace-process':
    case 'change-topology':
      return operation;
  }
}

/** Every path that an operation names; none for what is not about files. */
export function pathsOf(operation: Operation): readonly string[] {
  const paths: string[] = [];
  withPaths(operation, (path) => {
    paths.push(path);
    return path;
  });
  return paths;
}

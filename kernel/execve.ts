import { checked, libc } from './libc.js';
import { StringTable } from './string-table.js';

const execveNative = libc<[Buffer, Buffer, Buffer], number>(
  'int execve(void *path, void *argv, void *envp)',
);

/**
 * Becomes another program: execve(2). The process id stays, all other threads end.
 *
 * @returns never, on success.
 * @throws SystemCallError as the kernel refused it.
 */
export function execve(
  path: Buffer,
  argv: readonly Buffer[],
  environment: readonly Buffer[],
): never {
  const words = new StringTable(argv);
  const variables = new StringTable(environment);
  checked('execve', execveNative(terminated(path), words.table, variables.table));
  throw new Error('execve returned without an error');
}

function terminated(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(1)]);
}

import { addressOf, checked, libc } from './libc.js';

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
  checked('execve', execveNative(terminated(path), pointers(argv), pointers(environment)));
  throw new Error('execve returned without an error');
}

function terminated(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(1)]);
}

/** Keeps what the pointers point to alive until the program is replaced, or for ever. */
const held: Buffer[] = [];

function pointers(strings: readonly Buffer[]): Buffer {
  const table = Buffer.alloc((strings.length + 1) * 8);
  strings.forEach((bytes, index) => {
    const copy = Buffer.alloc(bytes.length + 1);
    bytes.copy(copy);
    held.push(copy);
    table.writeBigUInt64LE(addressOf(copy), index * 8);
  });
  return table;
}

import { constants } from 'node:os';
import { addressOf, errorName, lastError, SystemCallError } from '../../../kernel/libc.js';
import { forkProcess } from './fork.js';
import { system, text } from './syscalls.js';

/**
 * Becomes a program in a child of our own, which says by its exit status what kept it from that.
 *
 * @throws SystemCallError where it could not become it.
 */
export function spawnEnd(become: (argv: Buffer, env: Buffer) => void): void {
  const name = text('program');
  const argv = Buffer.alloc(16);
  argv.writeBigUInt64LE(addressOf(name), 0);
  const child = forkProcess();
  if (child === 0) {
    try {
      become(argv, Buffer.alloc(8));
    } catch {
      system._exit(numberOf(lastError()));
    }
  }
  const status = Buffer.alloc(4);
  system.waitpid(child, status, 0);
  const ended = status.readUInt32LE(0);
  if ((ended & 0x7f) !== 0) throw new Error(`the program died of signal ${ended & 0x7f}`);
  const exit = ended >> 8;
  if (exit !== 0) throw new SystemCallError('execve', errorName(exit));
}

function numberOf(name: string): number {
  return constants.errno[name as 'EACCES'] ?? 255;
}

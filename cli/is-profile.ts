import { closeSync, openSync, readSync } from 'node:fs';
import { CommandError } from './errors.js';

/**
 * Whether a file is a profile, and no trace or log: by its first line that is no comment.
 *
 * @throws CommandError when it cannot be read.
 */
export function isProfile(file: string): boolean {
  const [first = ''] = beginningOf(file)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return /^\s*(\[\[?[a-z_]+\]|[a-z_]+\s*=\s)/.test(first);
}

function beginningOf(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(1 << 16);
      return bytes.toString('latin1', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CommandError(`there is no profile or trace ${file}`);
    if (code === 'EACCES') throw new CommandError(`${file} may not be read by you`);
    if (code === 'EISDIR')
      throw new CommandError(`${file} is a directory: expected a profile or trace`);
    throw error;
  }
}

import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { landlockSupport } from '../landlock/support.js';
import { readStraceLog } from '../tracer/strace/log.js';
import type { Trace } from '../tracer/trace.js';
import { readTrace } from '../tracer/trace-file.js';
import { CommandError } from './errors.js';

/**
 * Reads a trace of ours, or a log of strace: told apart by their first byte.
 *
 * @throws CommandError when it cannot be read, TraceFileError when it is damaged.
 */
export async function readAnyTrace(file: string, tool: string): Promise<Trace> {
  try {
    if (!statSync(file).isFile()) throw new CommandError(`${file} is no file, and a trace is one`);
    if (['{', ''].includes(firstByte(file))) return await readTrace(file);
    const support = landlockSupport();
    const abi = support.available ? support.abi : 7;
    return await readStraceLog(createReadStream(file, { highWaterMark: 1 << 20 }), {
      tool,
      abi,
      file,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CommandError(`there is no trace ${file}`);
    if (code === 'EACCES') throw new CommandError(`the trace ${file} may not be read by you`);
    throw error;
  }
}

function firstByte(file: string): string {
  const descriptor = openSync(file, 'r');
  const byte = Buffer.alloc(1);
  const length = readSync(descriptor, byte, 0, 1, 0);
  closeSync(descriptor);
  return byte.toString('latin1', 0, length);
}

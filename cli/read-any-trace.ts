import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { landlockSupport } from '../landlock/support.js';
import { isDenialLog, readDenialLog } from '../tracer/audit/log.js';
import { readStraceLog } from '../tracer/strace/log.js';
import type { Trace } from '../tracer/trace.js';
import { readTrace } from '../tracer/trace-file.js';
import { CommandError } from './errors.js';

/**
 * Reads a trace of ours, a log of what the kernel denied, or one of strace: told apart by how they
 * begin.
 *
 * @throws CommandError when it cannot be read, TraceFileError when it is damaged.
 */
export async function readAnyTrace(file: string, tool: string): Promise<Trace> {
  try {
    if (!statSync(file).isFile()) throw new CommandError(`${file} is no file, and a trace is one`);
    const beginning = beginningOf(file);
    if (/^(?:\{|$)/.test(beginning)) return await readTrace(file);
    const support = landlockSupport();
    const abi = support.available ? support.abi : 7;
    const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
    if (!isDenialLog(beginning)) return await readStraceLog(bytes, { tool, abi, file });
    const lines = createInterface({ input: bytes.setEncoding('latin1'), crlfDelay: 1000 });
    return await readDenialLog(lines, { tool, abi, file });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CommandError(`there is no trace ${file}`);
    if (code === 'EACCES') throw new CommandError(`the trace ${file} may not be read by you`);
    throw error;
  }
}

/** So much is enough to tell what a file is, unless a log begins with a million lines of others. */
const enough = 1 << 20;

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  const bytes = Buffer.alloc(enough);
  const length = readSync(descriptor, bytes, 0, enough, 0);
  closeSync(descriptor);
  return bytes.toString('latin1', 0, length);
}

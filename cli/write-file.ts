import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CommandError } from './errors.js';

/**
 * Writes a file whole or not at all: into a temporary file beside it, then by rename. A symlink's
 * target is replaced and not the symlink; permissions of a file that was there are kept.
 *
 * @param what - what is being written, for the error.
 * @throws CommandError when it cannot be written; what was there is as it was.
 */
export function writeFileWhole(file: string, chunks: Iterable<string>, what: string): void {
  const descriptor = descriptorNamed(file);
  if (descriptor !== undefined || isStream(file)) {
    return writeThrough(descriptor ?? file, chunks, what);
  }
  const target = finalPath(file);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeChunks(openSync(temporary, 'wx', modeOf(target)), chunks);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new CommandError(`cannot write ${what} ${file}: ${why(error)}`);
  }
}

/** `-` and the names of descriptors: those of sockets cannot be opened by their names. */
function descriptorNamed(file: string): number | undefined {
  if (file === '-' || file === '/dev/stdout') return 1;
  if (file === '/dev/stderr') return 2;
  const number = /^\/dev\/fd\/(\d+)$/.exec(file)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** A device or a pipe, such as /dev/stdout, has no place beside it and cannot be replaced. */
function isStream(file: string): boolean {
  try {
    const stats = statSync(file);
    return !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}

function writeThrough(file: string | number, chunks: Iterable<string>, what: string): void {
  try {
    if (typeof file === 'number') for (const block of inBlocks(chunks)) writeFully(file, block);
    else writeChunks(openSync(file, 'w'), chunks);
  } catch (error) {
    throw new CommandError(`cannot write ${what} ${file}: ${why(error)}`);
  }
}

function writeChunks(descriptor: number, chunks: Iterable<string>): void {
  try {
    for (const block of inBlocks(chunks)) writeFully(descriptor, block);
    try {
      fsyncSync(descriptor);
    } catch (error) {
      // Pipes and some file systems have nothing to sync.
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Of a million lines each would be a call of its own. */
function* inBlocks(chunks: Iterable<string>): Generator<string> {
  let block = '';
  for (const chunk of chunks) {
    block += chunk;
    if (block.length < blockSize) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

const blockSize = 1 << 16;

/** write(2) may take a part, as it does where the disk gets full. */
function writeFully(descriptor: number, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    rest = rest.subarray(writeSync(descriptor, rest));
  }
}

function finalPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function modeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mode ?? 0o666;
}

function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'you may not write there';
    case 'ENOENT':
      return 'the directory does not exist';
    case 'ENOTDIR':
      return 'its directory is no directory';
    case 'EISDIR':
      return 'it is a directory';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    default:
      return code ?? message;
  }
}

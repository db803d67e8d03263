import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { rawEnvironment } from '../kernel/initial-process.js';
import { pathForNode, pathFromBytes } from '../kernel/path-bytes.js';

/** A command whose program has been found, as a shell would find it; its words as paths are. */
export interface ResolvedCommand {
  /** The program's path, absolute. */
  readonly program: string;
  /** The arguments, from argv[0] on. */
  readonly argv: readonly string[];
}

export type CommandSearch =
  | { readonly found: true; readonly command: ResolvedCommand }
  | { readonly found: false; readonly status: 126 | 127; readonly reason: string };

/**
 * Finds a command's program along `PATH`, or as a path where the name holds a slash. The exit
 * statuses of a failure are the shell's: 127 not found, 126 found but not executable.
 *
 * @param argv - with what is not UTF-8 escaped, as `pathFromBytes` does it; so is `path`.
 */
export function findCommand(argv: readonly string[], path: string = searchPath()): CommandSearch {
  const name = argv[0] ?? '';
  let refused: string | undefined;
  for (const candidate of candidates(name, path)) {
    const reason = whyNotExecutable(candidate);
    if (reason === undefined) return { found: true, command: asExecutable(candidate, argv) };
    // A directory of PATH that is closed to us is passed over, as by every shell.
    if (reason === unreachable && !name.includes('/')) continue;
    if (reason !== 'missing') refused ??= `${candidate} ${reason}`;
  }
  if (refused !== undefined) {
    return { found: false, status: 126, reason: refused };
  }
  const where = name.includes('/') ? 'there is no such file' : 'it is in no directory of PATH';
  return { found: false, status: 127, reason: `command not found: ${name} (${where})` };
}

function candidates(name: string, path: string): readonly string[] {
  if (name === '') return [];
  const here = workingDirectory();
  if (name.includes('/')) return [resolve(here, name)];
  return path.split(':').map((directory) => resolve(here, join(directory || '.', name)));
}

/** Node's own variables are lossy. */
function searchPath(): string {
  const variable = rawEnvironment().find((bytes) => bytes.toString('latin1', 0, 5) === 'PATH=');
  if (variable === undefined) return '/usr/local/bin:/usr/bin:/bin';
  return pathFromBytes(variable.subarray(5));
}

/** Node's own is lossy; one that was removed, or lies outside of our root, is as good as any. */
function workingDirectory(): string {
  try {
    return pathFromBytes(readlinkSync('/proc/self/cwd', 'buffer'));
  } catch {
    return process.cwd();
  }
}

const unreachable = 'cannot be reached: a directory on the way may not be searched';

function whyNotExecutable(file: string): string | undefined {
  let stats: Stats | undefined;
  try {
    stats = statSync(pathForNode(file), { throwIfNoEntry: false });
  } catch {
    return unreachable;
  }
  if (stats === undefined) return 'missing';
  if (stats.isDirectory()) return 'is a directory, not a program';
  try {
    accessSync(pathForNode(file), constants.X_OK);
    return undefined;
  } catch {
    return 'is not executable (chmod +x makes it so)';
  }
}

/** A script without `#!` is run by the shell, as execvp(3) and every shell do. */
function asExecutable(program: string, argv: readonly string[]): ResolvedCommand {
  if (!isPlainScript(program)) return { program, argv };
  return { program: '/bin/sh', argv: ['/bin/sh', program, ...argv.slice(1)] };
}

function isPlainScript(program: string): boolean {
  const start = Buffer.alloc(128);
  let length = 0;
  try {
    const file = openSync(pathForNode(program), 'r');
    length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
  } catch {
    return false; // Executable and not readable: the kernel can tell, we cannot.
  }
  const text = start.toString('latin1', 0, length);
  return length > 0 && !text.includes('\0') && !text.startsWith('#!');
}

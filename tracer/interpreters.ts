import { bytesOf } from '../kernel/bytes-of.js';
import { pathFromByteString } from '../kernel/path-bytes.js';
import type { FileType } from '../landlock/operation.js';
import { resolvePath, typeAt } from './disk-view.js';

/** What the kernel makes of a program that it is told to run. */
export interface ProgramImage {
  /** What runs in the end, and `/proc/<pid>/exe` leads to: for a script its interpreter. */
  readonly executable: string;
  /**
   * The files that the kernel opens by itself, which no system call shows: the interpreters of
   * `#!` lines, one of another, and at the chain's end the ELF interpreter (PT_INTERP). Real paths
   * in the order of opening.
   */
  readonly interpreters: readonly string[];
}

/** Where a name leads. */
export interface FoundFile {
  /** For the record. */
  readonly path: string;
  /** Where it can be read from here. */
  readonly real: string;
  readonly type: FileType | 'missing';
}

/** Finds what an interpreter's name leads to for whoever executes the program. */
export type Finder = (name: string) => FoundFile | undefined;

/** The finder for a program that shares our root, by its working directory. */
export function findingFrom(directory: string): Finder {
  return (name) => {
    const path = resolvePath(name.startsWith('/') ? name : `${directory}/${name}`, true);
    return { path, real: path, type: typeAt(path) };
  };
}

/** @returns `null` when the program cannot be read any more. */
export function imageOf(program: string, find: Finder): ProgramImage | null {
  const interpreters: string[] = [];
  let image = { path: program, real: program };
  for (let depth = 0; depth <= mostInterpreters; depth++) {
    const named = namedInterpreter(image.real);
    if (named === null && depth === 0) return null;
    if (named === null || named === undefined) break;
    const interpreter = find(named.path);
    if (interpreter?.type !== 'regular' || interpreters.includes(interpreter.path)) break;
    interpreters.push(interpreter.path);
    if (named.by === 'elf') break;
    image = interpreter;
  }
  return { executable: image.path, interpreters };
}

/** The interpreters alone; `null` when the program cannot be read any more. */
export function interpretersOf(
  program: string,
  find: Finder = findingFrom('/'),
): readonly string[] | null {
  return imageOf(program, find)?.interpreters ?? null;
}

/** fs/exec.c gives up after this many rewrites by binary formats. */
const mostInterpreters = 5;
/** BINPRM_BUF_SIZE: what the kernel reads of a program to tell its format. */
const headSize = 256;
/** Linkers put what is looked for here close to a program's start. */
const startSize = 4096;
const elfHeaderSize = 64;
const PT_INTERP = 3;

interface NamedInterpreter {
  readonly by: 'script' | 'elf';
  readonly path: string;
}

function namedInterpreter(program: string): NamedInterpreter | null | undefined {
  const bytes = bytesOf(program, 0, startSize);
  if (bytes === undefined) return null;
  const start = Buffer.from(bytes); // Further reads overwrite it.
  if (start.toString('latin1', 0, 2) === '#!')
    return scriptInterpreter(start.subarray(0, headSize));
  if (start.toString('latin1', 0, 4) === '\x7fELF') return elfInterpreter(program, start);
  return undefined;
}

function scriptInterpreter(head: Buffer): NamedInterpreter | undefined {
  const line = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('latin1'));
  return line?.[1] === undefined ? undefined : { by: 'script', path: pathFromByteString(line[1]) };
}

/**
 * The path in the segment PT_INTERP, by the layouts of elf(5) for 64 and 32 bits; `null` where the
 * file is cut off before it.
 */
function elfInterpreter(program: string, start: Buffer): NamedInterpreter | null | undefined {
  if (start.length < elfHeaderSize) return null;
  const wide = start[4] === 2;
  const tableAt = wide ? Number(start.readBigUInt64LE(32)) : start.readUInt32LE(28);
  const size = start.readUInt16LE(wide ? 54 : 42);
  const count = start.readUInt16LE(wide ? 56 : 44);
  if (size !== (wide ? 56 : 32)) return null; // ENOEXEC: load_elf_phdrs
  const table = within(program, start, tableAt, size * count);
  if (table === undefined) return null;
  for (let at = 0; at + size <= table.length; at += size) {
    if (table.readUInt32LE(at) !== PT_INTERP) continue;
    const offset = wide ? Number(table.readBigUInt64LE(at + 8)) : table.readUInt32LE(at + 4);
    const length = wide ? Number(table.readBigUInt64LE(at + 32)) : table.readUInt32LE(at + 16);
    const path = within(program, start, offset, Math.min(length, 4096));
    if (path === undefined) return null;
    return { by: 'elf', path: pathFromByteString(path.toString('latin1').replace(/\0.*$/s, '')) };
  }
  return undefined;
}

/** Part of a file, of which the start has been read; undefined where it ends before. */
function within(file: string, start: Buffer, at: number, length: number): Buffer | undefined {
  if (!Number.isSafeInteger(at)) return undefined;
  if (at + length <= start.length) return start.subarray(at, at + length);
  const bytes = bytesOf(file, at, length);
  return bytes?.length === length ? Buffer.from(bytes) : undefined;
}

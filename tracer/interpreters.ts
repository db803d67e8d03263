import { closeSync, openSync, readSync } from 'node:fs';
import { pathForNode, pathFromByteString } from '../kernel/path-bytes.js';
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
const PT_INTERP = 3;

interface NamedInterpreter {
  readonly by: 'script' | 'elf';
  readonly path: string;
}

function namedInterpreter(program: string): NamedInterpreter | null | undefined {
  let file: number;
  try {
    file = openSync(pathForNode(program), 'r');
  } catch {
    return null;
  }
  try {
    const head = readAt(file, 0, headSize);
    if (head.toString('latin1', 0, 2) === '#!') return scriptInterpreter(head);
    if (head.toString('latin1', 0, 4) === '\x7fELF') return elfInterpreter(file, head);
    return undefined;
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

function scriptInterpreter(head: Buffer): NamedInterpreter | undefined {
  const line = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('latin1'));
  return line?.[1] === undefined ? undefined : { by: 'script', path: pathFromByteString(line[1]) };
}

/** The path in the segment PT_INTERP, by the layouts of elf(5) for 64 and 32 bits. */
function elfInterpreter(file: number, head: Buffer): NamedInterpreter | undefined {
  const wide = head[4] === 2;
  const start = wide ? Number(head.readBigUInt64LE(32)) : head.readUInt32LE(28);
  const size = head.readUInt16LE(wide ? 54 : 42);
  const count = head.readUInt16LE(wide ? 56 : 44);
  const table = readAt(file, start, size * count);
  for (let at = 0; at + size <= table.length; at += size) {
    if (table.readUInt32LE(at) !== PT_INTERP) continue;
    const offset = wide ? Number(table.readBigUInt64LE(at + 8)) : table.readUInt32LE(at + 4);
    const length = wide ? Number(table.readBigUInt64LE(at + 32)) : table.readUInt32LE(at + 16);
    const path = readAt(file, offset, Math.min(length, 4096)).toString('latin1');
    return { by: 'elf', path: pathFromByteString(path.replace(/\0.*$/s, '')) };
  }
  return undefined;
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}

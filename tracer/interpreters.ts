import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathForNode } from '../kernel/path-bytes.js';
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

/** @returns `null` when the program cannot be read any more. */
export function imageOf(program: string, directory: string): ProgramImage | null {
  const interpreters: string[] = [];
  let executable = program;
  for (let depth = 0; depth <= mostInterpreters; depth++) {
    const named = namedInterpreter(executable);
    if (named === null && depth === 0) return null;
    if (named === null || named === undefined) break;
    const interpreter = resolvePath(resolve(directory, named.path), true);
    if (interpreters.includes(interpreter) || typeAt(interpreter) !== 'regular') break;
    interpreters.push(interpreter);
    if (named.by === 'elf') break;
    executable = interpreter;
  }
  return { executable, interpreters };
}

/** The interpreters alone; `null` when the program cannot be read any more. */
export function interpretersOf(program: string, directory: string): readonly string[] | null {
  return imageOf(program, directory)?.interpreters ?? null;
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
  const line = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('utf8'));
  return line?.[1] === undefined ? undefined : { by: 'script', path: line[1] };
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
    const path = readAt(file, offset, Math.min(length, 4096)).toString('utf8');
    return { by: 'elf', path: path.replace(/\0.*$/s, '') };
  }
  return undefined;
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}

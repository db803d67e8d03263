import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { checked, libc } from '../../kernel/libc.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { bundled } from '../support/bundled.js';

/** Something to try of the kernel; the operands are absolute paths, ports, names, a process id. */
export type Attempt =
  | readonly ['open', path: string, flags: number]
  | readonly ['ftruncate', path: string, flags: number]
  | readonly ['ioctl', path: string, request: number]
  | readonly ['mknod', path: string, kind: NodeKind]
  | readonly [
      (
        | 'execute'
        | 'mkdir'
        | 'symlink'
        | 'unlink'
        | 'rmdir'
        | 'truncate'
        | 'bind-path'
        | 'connect-path'
        | 'mount'
      ),
      path: string,
    ]
  | readonly ['rename' | 'exchange' | 'link', from: string, to: string]
  | readonly ['bind' | 'connect', port: number]
  | readonly ['connect-abstract' | 'connect-own-abstract', name: string]
  | readonly ['signal', process: number];

export type NodeKind = 'regular' | 'fifo' | 'socket' | 'char-device' | 'block-device';

/** What {@link askKernel} sends to a process of its own. */
export interface Questionnaire {
  readonly abi: number;
  readonly layers: readonly Ruleset[];
  readonly attempts: readonly Attempt[];
  /** An abstract UNIX socket to listen on, that no domain holds. */
  readonly outside?: string;
}

/**
 * How the kernel answers attempts in a domain of these layers: `ok`, or the error's name. Since
 * rules are tied to hierarchies, one domain serves any number of attempts in trees of their own.
 */
export function askKernel(questionnaire: Questionnaire): readonly string[] {
  const program = new URL('restricted-process.ts', import.meta.url).pathname;
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [bundled(program)], {
    input: JSON.stringify(questionnaire),
    maxBuffer: 1 << 28,
    timeout: 180_000,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the restricted process failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as readonly string[];
}

/**
 * Plants a tree, its names spelled as `ls -F` does: `a/` a directory, `a/f` a file, `a/l@` a
 * symlink, `a/p|` a fifo, `a/s=` a socket, `a/c%` the device /dev/null, `a/c^` a device without a driver, `a/x*` a program with the
 * ELF interpreter `a/x.ld`, `a/s#x` a script with the interpreter `a/x`.
 */
export function plant(root: string, names: string): void {
  mkdirSync(root, { recursive: true });
  for (const name of names.split(' ').filter(Boolean)) plantOne(root, name);
}

const mknod = libc<[Buffer, number, bigint], number>(
  'int mknod(void *path, unsigned int mode, uint64_t device)',
);

function plantOne(root: string, name: string): void {
  const path = join(root, name.replace(/[@|=%^*]$|#.*$/, ''));
  mkdirSync(dirname(path), { recursive: true });
  const [, script] = /#(.*)$/.exec(name) ?? [];
  if (script !== undefined) {
    writeFileSync(path, `#!${join(dirname(path), script)}\n`, { mode: 0o755 });
    return;
  }
  switch (name.at(-1)) {
    case '/':
      return void mkdirSync(path, { recursive: true });
    case '@':
      return symlinkSync('anywhere', path);
    case '|':
      return makeNode(path, 0o010644);
    case '=':
      return makeNode(path, 0o140644);
    case '%':
      return makeNode(path, 0o020666, 0x103n);
    case '^':
      return makeNode(path, 0o020666, 0x3c00n);
    case '*':
      return plantProgram(path);
    default:
      return writeFileSync(path, 'text', { mode: 0o755 });
  }
}

function makeNode(path: string, mode: number, device = 0n): void {
  checked('mknod', mknod(Buffer.from(`${path}\0`), mode, device));
}

const systemProgram = '/bin/true';
const PT_INTERP = 3;

/** A copy of a system program whose segment PT_INTERP names an interpreter beside it. */
function plantProgram(path: string): void {
  const elf = readFileSync(systemProgram);
  const table = Number(elf.readBigUInt64LE(32));
  const size = elf.readUInt16LE(54);
  for (let at = table; at < table + size * elf.readUInt16LE(56); at += size) {
    if (elf.readUInt32LE(at) !== PT_INTERP) continue;
    const offset = Number(elf.readBigUInt64LE(at + 8));
    const length = Number(elf.readBigUInt64LE(at + 32));
    const interpreter = elf.toString('latin1', offset, offset + length - 1);
    const own = Buffer.from(`${path}.ld\0`);
    elf.writeBigUInt64LE(BigInt(elf.length), at + 8);
    elf.writeBigUInt64LE(BigInt(own.length), at + 32);
    elf.writeBigUInt64LE(BigInt(own.length), at + 40);
    copyFileSync(interpreter, `${path}.ld`);
    chmodSync(`${path}.ld`, 0o755);
    writeFileSync(path, Buffer.concat([elf, own]), { mode: 0o755 });
    return;
  }
  throw new Error(`${systemProgram} has no ELF interpreter`);
}

import { constants } from 'node:os';
import koffi from 'koffi';

/**
 * A function of the C library, by its C prototype. Pointers are passed as `Buffer` or `null`.
 *
 * The library is looked up in the running process, so that glibc and musl are served alike.
 */
export function libc<Arguments extends readonly unknown[], Result extends number | bigint>(
  prototype: string,
): (...values: Arguments) => number {
  let native: ((...values: Arguments) => Result) | undefined;
  return (...values) => {
    native ??= library().func(prototype) as unknown as (...values: Arguments) => Result;
    return Number(native(...values));
  };
}

/**
 * The same for what is called at every event: without the wrapper that puts the loading of the
 * library off, and that takes as long as a short call itself. The library is loaded at once.
 */
export function loadedLibc<Arguments extends readonly unknown[]>(
  prototype: string,
): (...values: Arguments) => number {
  return library().func(prototype) as unknown as (...values: Arguments) => number;
}

/** A system call that failed. `code` is the error's name (`EACCES`), `syscall` what was called. */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  readonly syscall: string;
  readonly code: string;

  constructor(syscall: string, code: string) {
    super(`${syscall}: ${code}`);
    this.syscall = syscall;
    this.code = code;
  }
}

/** The name of the error that the last call left behind, where it says that it failed. */
export function lastError(): string {
  return errorName(koffi.errno());
}

/** `result`, or a thrown {@link SystemCallError} where it is the C library's −1. */
export function checked(syscall: string, result: number): number {
  if (result !== -1) return result;
  throw new SystemCallError(syscall, lastError());
}

/** The address of a buffer's first byte, for structures that hold pointers. */
export function addressOf(buffer: Uint8Array | Uint32Array): bigint {
  return BigInt(koffi.address(buffer));
}

/**
 * Zeros, in words of 32 bits, that stay at one address as long as they are reachable: V8 keeps small
 * arrays among its own objects, and moves them, unless they are given their memory.
 */
export function wordsOfMemory(count: number): Uint32Array {
  return new Uint32Array(new ArrayBuffer(count * 4));
}

let loaded: ReturnType<typeof koffi.load> | undefined;

function library(): ReturnType<typeof koffi.load> {
  loaded ??= koffi.load(null);
  return loaded;
}

const errorNames = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** From asm-generic/errno.h: errors that Node has no name for, or two. */
const furtherErrors = new Map([
  [11, 'EAGAIN'],
  [77, 'EBADFD'],
  [95, 'EOPNOTSUPP'],
]);

/** An error's name by its number: `EACCES` of 13. */
export function errorName(number: number): string {
  return furtherErrors.get(number) ?? errorNames.get(number) ?? `errno ${number}`;
}

/** An error's number by its name: 13 of `EACCES`; 0 for a name that there is not. */
export function errorNumber(name: string): number {
  return Object.entries(constants.errno).find(([known]) => known === name)?.[1] ?? 0;
}

import { addressOf, lastError, loadedLibc, wordsOfMemory } from './libc.js';
import { PATH_MAX, PathArgument } from './path-argument.js';
import { pathAtStartOf } from './path-bytes.js';

const pageSize = 4096;
const usualLength = 256;

/** Reads the memory of other processes: process_vm_readv(2), into one buffer that is used again. */
export class ProcessMemory {
  /** The path that was read last, as its bytes are; valid until the next reading. */
  readonly path = new PathArgument();
  readonly #buffer = this.path.bytes;
  readonly #address = Number(addressOf(this.#buffer));
  readonly #local = wordsOfMemory(4);
  readonly #remote = wordsOfMemory(4);
  readonly #localAt = Number(addressOf(this.#local));
  readonly #remoteAt = Number(addressOf(this.#remote));
  readonly #readv = loadedLibc<[number, number, number, number, number, number]>(
    'long process_vm_readv(int pid, unsigned long local, unsigned long localCount, unsigned long remote, unsigned long remoteCount, unsigned long flags)',
  );
  #refused = false;

  /**
   * Whether any reading since the last time that this was asked was not allowed. Others fail where
   * the process has ended, or where nothing is at the address, which the kernel finds as well.
   */
  takeRefusal(): boolean {
    const refused = this.#refused;
    this.#refused = false;
    return refused;
  }

  /**
   * The bytes at an address of a process. The result is valid until the next reading.
   *
   * @returns null when they cannot be read: the process is gone, not dumpable, or not ours.
   */
  read(process: number, address: number, length: number): Buffer | null {
    const wanted = Math.min(length, PATH_MAX);
    return this.#readInto(process, address, 0, wanted) === wanted
      ? this.#buffer.subarray(0, wanted)
      : null;
  }

  /**
   * The path at an address of a process: bytes that end with a NUL. No more than a page is read at a
   * time, since the next one need not be there, and less at first, since most paths are short.
   *
   * @returns null when it cannot be read or is longer than a path may be.
   */
  readPath(process: number, address: number): string | null {
    for (let length = 0; length < PATH_MAX; ) {
      const at = address + length;
      const most = length === 0 ? usualLength : PATH_MAX - length;
      const chunk = Math.min(pageSize - (at % pageSize), most);
      const read = this.#readInto(process, at, length, chunk);
      if (read <= 0) return null;
      const end = endOfText(this.#buffer, length, length + read);
      if (end !== undefined) return pathAtStartOf(this.#buffer, end);
      length += read;
    }
    return null;
  }

  #readInto(process: number, address: number, offset: number, length: number): number {
    writeVector(this.#local, this.#address + offset, length);
    writeVector(this.#remote, address, length);
    const read = this.#readv(process, this.#localAt, 1, this.#remoteAt, 1, 0);
    if (read < 0 && lastError() === 'EPERM') this.#refused = true;
    return read;
  }
}

/** Where the NUL is, if there is one. A loop: `Buffer.indexOf` takes longer to begin than this to end. */
function endOfText(bytes: Buffer, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (bytes[at] === 0) return at;
  return undefined;
}

/** A struct iovec. In halves, as numbers of 64 bits would be objects to be collected. */
function writeVector(vector: Uint32Array, address: number, length: number): void {
  vector[0] = address; // Its low half is what fits.
  vector[1] = address / 0x100000000;
  vector[2] = length;
}

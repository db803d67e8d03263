import { addressOf, lastError, loadedLibc } from './libc.js';
import { pathAtStartOf } from './path-bytes.js';

/** The most that a path may have, its final NUL included. */
const PATH_MAX = 4096;
const pageSize = 4096;
const usualLength = 256;

/** Reads the memory of other processes: process_vm_readv(2), into one buffer that is used again. */
export class ProcessMemory {
  readonly #buffer = Buffer.alloc(PATH_MAX);
  readonly #address = Number(addressOf(this.#buffer));
  readonly #local = Buffer.alloc(16);
  readonly #remote = Buffer.alloc(16);
  readonly #readv = loadedLibc<[number, Buffer, number, Buffer, number, number]>(
    'long process_vm_readv(int pid, void *local, unsigned long localCount, void *remote, unsigned long remoteCount, unsigned long flags)',
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
      const end = this.#buffer.indexOf(0, length);
      if (end !== -1 && end < length + read) return pathAtStartOf(this.#buffer, end);
      length += read;
    }
    return null;
  }

  #readInto(process: number, address: number, offset: number, length: number): number {
    writeVector(this.#local, this.#address + offset, length);
    writeVector(this.#remote, address, length);
    const read = this.#readv(process, this.#local, 1, this.#remote, 1, 0);
    if (read < 0 && lastError() === 'EPERM') this.#refused = true;
    return read;
  }
}

/** A struct iovec. In halves, as numbers of 64 bits would be objects to be collected. */
function writeVector(vector: Buffer, address: number, length: number): void {
  vector.writeUInt32LE(address % 0x100000000, 0);
  vector.writeUInt32LE(Math.floor(address / 0x100000000), 4);
  vector.writeUInt32LE(length, 8);
}

import { addressOf } from './libc.js';
import { hasEscapedBytes, pathAtStartOf, pathToBytes } from './path-bytes.js';

/** The most bytes that the kernel takes for a path, its final NUL included. */
export const PATH_MAX = 4096;

/** A path for the C library, in one buffer that is used again. */
export class PathArgument {
  readonly bytes = Buffer.alloc(PATH_MAX);
  /** What to pass: where the bytes are. */
  readonly address = Number(addressOf(this.bytes));

  /** @returns false for what is no path: too long (ENAMETOOLONG), or with a NUL in it. */
  hold(path: string): boolean {
    const { bytes } = this;
    const length = hasEscapedBytes(path) ? pathToBytes(path).copy(bytes) : bytes.write(path);
    if (length === PATH_MAX || path.includes('\0')) return false;
    bytes[length] = 0;
    return true;
  }

  /** What is held. */
  get path(): string {
    return pathAtStartOf(this.bytes, this.bytes.indexOf(0));
  }
}

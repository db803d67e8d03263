import { hasEscapedBytes, pathToBytes } from './path-bytes.js';

/** PATH_MAX: the most bytes that the kernel takes for a path, its final NUL included. */
const size = 4096;

/** A path for the C library, in one buffer that is used again. */
export class PathArgument {
  /** What to pass. */
  readonly bytes = Buffer.alloc(size);

  /** @returns false for what is no path: too long (ENAMETOOLONG), or with a NUL in it. */
  hold(path: string): boolean {
    const { bytes } = this;
    const length = hasEscapedBytes(path) ? pathToBytes(path).copy(bytes) : bytes.write(path);
    if (length === size || path.includes('\0')) return false;
    bytes[length] = 0;
    return true;
  }
}

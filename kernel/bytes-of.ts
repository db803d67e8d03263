import { loadedLibc } from './libc.js';
import { PathArgument } from './path-argument.js';

const O_CLOEXEC = 0o2000000;
const O_NOCTTY = 0o400;

/**
 * The bytes of a file from a position on: as many as one read gives, which of a regular file is all
 * that there are. Undefined where the file cannot be opened or read. They are overwritten by the
 * next call. By open(2), pread(2) and close(2) themselves: Node's take several times as long.
 */
export function bytesOf(path: string, position: number, length: number): Buffer | undefined {
  if (!argument.hold(path)) return undefined;
  calls ??= load();
  const descriptor = calls.open(argument.address, O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return undefined;
  if (bytes.length < length) bytes = Buffer.alloc(length);
  const read = calls.read(descriptor, bytes, length, position);
  calls.close(descriptor);
  return read < 0 ? undefined : bytes.subarray(0, read);
}

const argument = new PathArgument();
let bytes = Buffer.alloc(4096);
let calls: ReturnType<typeof load> | undefined;

function load() {
  return {
    open: loadedLibc<[number, number]>('int open(unsigned long path, int flags)'),
    read: loadedLibc<[number, Buffer, number, number]>(
      'long pread64(int descriptor, void *bytes, unsigned long count, int64_t position)',
    ),
    close: loadedLibc<[number]>('int close(int descriptor)'),
  };
}

/**
 * Paths are bytes to the kernel. Here a path is a string in which every byte that is not part of
 * valid UTF-8 stands as the lone surrogate U+DC80…U+DCFF (PEP 383's way), so that nothing is lost
 * and ordinary names stay readable.
 */
export function pathFromBytes({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return pathAtStartOf(Buffer.from(buffer, byteOffset, byteLength), byteLength);
}

/** The path in the first bytes of a buffer: as many as `length`. */
export function pathAtStartOf(buffer: Buffer, length: number): string {
  if (isAscii(buffer, length)) return buffer.toString('latin1', 0, length);
  const text = buffer.toString('utf8', 0, length);
  return text.includes('\ufffd') ? decodeWithEscapes(buffer.subarray(0, length)) : text;
}

/** The bytes of a path; the inverse of {@link pathFromBytes}. */
export function pathToBytes(path: string): Buffer {
  if (!hasEscapedBytes(path)) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  for (const piece of path.split(escapedRun)) {
    parts.push(
      escapedByte.test(piece)
        ? Buffer.from([...piece].map((unit) => unit.charCodeAt(0) & 0xff))
        : Buffer.from(piece, 'utf8'),
    );
  }
  return Buffer.concat(parts);
}

/** Whether a path holds bytes that are not UTF-8, which formats of text cannot carry. */
export function hasEscapedBytes(path: string): boolean {
  return escapedByte.test(path);
}

/** What Node's file functions take: a string where that is exact, else the bytes. */
export function pathForNode(path: string): string | Buffer {
  return hasEscapedBytes(path) ? pathToBytes(path) : path;
}

/** A string of one character a byte (latin1), as a path. */
export function pathFromByteString(bytes: string): string {
  return /^[\0-\x7f]*$/.test(bytes) ? bytes : pathFromBytes(Buffer.from(bytes, 'latin1'));
}

/** Nearly all paths are: to find that out takes less than the decoder's beginning. */
function isAscii(buffer: Buffer, length: number): boolean {
  for (let at = 0; at < length; at++) if ((buffer[at] as number) > 0x7f) return false;
  return true;
}

// Without the flag `u`, so that a lone surrogate is matched and half of a pair is not: a pair's
// second half is always preceded by its first.
const escapedByte = /(?<![\ud800-\udbff])[\udc80-\udcff]/;
const escapedRun = /((?<![\ud800-\udbff])[\udc80-\udcff]+)/;

function decodeWithEscapes(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    text +=
      length === 0
        ? String.fromCharCode(0xdc00 | (bytes[at] ?? 0))
        : bytes.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return text;
}

/** The length of the valid UTF-8 sequence that starts at `at`; 0 when none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const sequence = bytes.subarray(at, at + length);
  if (length < 2 || sequence.length < length) return length === 1 ? 1 : 0;
  return sequence.equals(Buffer.from(sequence.toString('utf8'))) ? length : 0;
}

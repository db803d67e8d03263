/** Bytes from `start` to `end` as a string with one code unit a byte, which owns its memory. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return node ? node.latin1Slice.call(bytes, start, end) : decode(bytes, start, end);
}

/** Writes a string whose code units are below 256 into an array that has room for it. */
export function writeLatin1(bytes: Uint8Array, text: string): void {
  if (node) node.latin1Write.call(bytes, text);
  else for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
}

/** Node's own functions are fifty times as fast as portable ones; they take every Uint8Array. */
interface NodeBuffer {
  readonly latin1Slice: (this: Uint8Array, start: number, end: number) => string;
  readonly latin1Write: (this: Uint8Array, text: string) => number;
}

const node = (globalThis as unknown as { readonly Buffer?: { readonly prototype: NodeBuffer } })
  .Buffer?.prototype;

/** `TextDecoder` will not do: its `latin1` is Windows-1252, which moves the bytes 0x80 to 0x9f. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 4096)));
  }
  return text;
}

import { writeSync } from 'node:fs';
import { printable } from '../tui/printable.js';

/**
 * Words for people, on stderr, each line under our name, and nothing that could write to a terminal
 * but text. Written at once and not through a stream: Node's streams make a shared pipe or terminal
 * non-blocking, which the target would inherit.
 */
export function tell(text: string): void {
  writeAll(2, `ll-learn: ${text.split('\n').map(printable).join('\n  ')}\n`);
}

/** Text on stderr as it is. */
export function tellPlain(text: string): void {
  writeAll(2, text);
}

/** A result, on stdout. */
export function print(text: string): void {
  writeAll(1, text);
}

/** What a target has written, on stdout. */
export function printBytes(bytes: Buffer): void {
  writeAll(1, bytes);
}

function writeAll(descriptor: number, content: string | Buffer): void {
  let rest = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') waitAMoment();
      else if (code === 'EPIPE' || code === 'EIO')
        return; // Nobody listens any more.
      else if (descriptor === 2)
        return; // A full disk, say: nowhere is left to tell it.
      else throw error;
    }
  }
}

/** Whoever made the descriptor non-blocking reads more slowly than we write. */
function waitAMoment(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

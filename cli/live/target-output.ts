import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty } from 'node:tty';
import { closeFd, openPipe } from '../../kernel/descriptors.js';
import { CommandError } from '../errors.js';
import { printBytes } from '../output.js';

/**
 * Where a target writes while its review has the terminal: to a pipe of ours, of which the end is
 * kept, or to a file. Its standard output stays ours where that is no terminal; its standard input
 * is empty.
 */
export class TargetOutput {
  /** Descriptors of ours for the target, as 0, 1 and 2. */
  readonly streams: readonly [number, number, number];
  readonly #file: string | undefined;
  readonly #reader: Socket | undefined;
  readonly #opened: readonly number[];
  #onMore = () => {};
  #onBytes: (bytes: Buffer) => void;
  #kept: Buffer[] = [];
  #size = 0;

  /** @throws CommandError when the file cannot be written. */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#onBytes = (bytes) => this.#keep(bytes);
    const empty = openSync('/dev/null', 'r');
    const pipe = file === undefined ? openReadPipe() : undefined;
    const write = pipe?.write ?? opened(file ?? '');
    this.#reader = pipe?.reader.on('data', (bytes) => this.#onBytes(bytes));
    this.#opened = [empty, write];
    this.streams = [empty, isatty(1) ? write : 1, write];
  }

  /** The last lines that the target wrote. */
  lines(): readonly string[] {
    if (this.#file !== undefined) return [`It goes to ${this.#file}.`];
    const text = Buffer.concat(this.#kept).toString('utf8').replace(/\n$/, '');
    return text === '' ? [] : text.split('\n').slice(-mostLines);
  }

  /** @param onMore - told when there are other lines than there were. */
  follow(onMore: () => void): void {
    this.#onMore = onMore;
  }

  /** From now on what comes is for our own standard output. */
  relay(): void {
    this.#onBytes = printBytes;
  }

  /** Closes it, once the target has ended and all that it wrote is read. */
  async close(): Promise<void> {
    for (const descriptor of this.#opened) closeSync(descriptor);
    const reader = this.#reader;
    if (reader === undefined || reader.destroyed) return;
    await new Promise((resolve) => reader.once('close', resolve));
  }

  #keep(bytes: Buffer): void {
    this.#kept.push(bytes);
    this.#size += bytes.length;
    while (this.#size > mostBytes) {
      const [first = bytes, ...rest] = this.#kept;
      const excess = Math.min(first.length, this.#size - mostBytes);
      this.#kept = excess === first.length ? rest : [first.subarray(excess), ...rest];
      this.#size -= excess;
    }
    this.#onMore();
  }
}

/** What a person may want to scroll through. */
const mostBytes = 128 * 1024;
const mostLines = 1000;

/** Targets expect that writing waits, so that their end is another opening of the pipe. */
function openReadPipe(): { readonly reader: Socket; readonly write: number } {
  const { read, write } = openPipe();
  const waiting = openSync(`/proc/self/fd/${write}`, 'w');
  closeFd(write);
  const reader = new Socket({ fd: read, readable: true, writable: false });
  reader.on('error', () => {});
  return { reader, write: waiting };
}

function opened(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`nothing was run: ${file} cannot be written (${code})`);
  }
}

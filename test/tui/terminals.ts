import { PassThrough, Writable } from 'node:stream';
import type { Terminal } from '../../tui/review.js';

/** A terminal of a given size that remembers what was done to it. */
export interface FakeTerminal extends Terminal {
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Everything that was written. */
  readonly written: () => string;
  /** Resolves once this text has been written. */
  readonly shows: (text: string) => Promise<void>;
  readonly modes: () => readonly ('raw' | 'cooked')[];
  /** Whether its input would keep the process alive. */
  readonly isHeld: () => boolean;
}

export function fakeTerminal(columns: number, rows: number, colorDepth = 1): FakeTerminal {
  const modes: ('raw' | 'cooked')[] = [];
  let held = false;
  let written = '';
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw ? 'raw' : 'cooked'),
    ref: () => {
      held = true;
    },
    unref: () => {
      held = false;
    },
  });
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        written += chunk;
        output.emit('written');
        done();
      },
    }),
    { columns, rows, isTTY: true, getColorDepth: () => colorDepth },
  );
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    type: (keys) => input.write(keys),
    resize(newColumns, newRows) {
      Object.assign(output, { columns: newColumns, rows: newRows });
      output.emit('resize');
    },
    written: () => written,
    shows: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!written.includes(text)) return;
          output.off('written', look);
          resolve();
        };
        output.on('written', look);
        look();
      }),
    modes: () => modes,
    isHeld: () => held,
  };
}

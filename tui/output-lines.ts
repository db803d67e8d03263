import { type Line, line } from './line.js';
import { printable } from './printable.js';
import { breakHard } from './width.js';

/** What a target has written, for a pane: as a terminal would show it, and without its powers. */
export function outputLines(output: readonly string[], columns: number): readonly Line[] {
  if (output.length === 0) return [line('Nothing was written so far.', 'faint')];
  return output.flatMap((raw) =>
    breakHard(printable(shown(raw)), columns).map((piece) => line(piece)),
  );
}

/** Without colours, with tabs as wide as they are, and what was written over left out. */
function shown(raw: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is to be found.
  const uncoloured = raw.replace(/\x1b\[[\d;:]*m/g, '').replace(/\r+$/, '');
  return uncoloured
    .slice(uncoloured.lastIndexOf('\r') + 1)
    .replace(/([^\t]*)\t/g, (_, before: string) => before + ' '.repeat(8 - (before.length % 8)));
}

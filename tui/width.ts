import stringWidth from 'string-width';

/** The cells that a text takes on the terminal. */
export function widthOf(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** The text in exactly `width` cells: padded on the right, or cut there with an ellipsis. */
export function fit(text: string, width: number): string {
  const missing = width - widthOf(text);
  if (missing >= 0) return text + ' '.repeat(missing);
  if (width <= 0) return '';
  const head = takeStart(text, width - 1);
  return `${head}…${' '.repeat(width - 1 - widthOf(head))}`;
}

/** The text cut in its middle, since both ends of a path say more than what lies between. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 1) return '…'.slice(0, Math.max(width, 0));
  const tail = takeEnd(text, Math.ceil(((width - 1) * 3) / 5));
  return `${takeStart(text, width - 1 - widthOf(tail))}…${tail}`;
}

/** The text in lines of at most `width` cells, broken at spaces, and inside words that are longer. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakHard(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** The text in lines of `width` cells, broken wherever they are full. */
export function breakHard(text: string, width: number): readonly string[] {
  const cells = Math.max(width, 2);
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > cells) {
    const head = takeStart(rest, cells);
    lines.push(head);
    rest = rest.slice(head.length);
  }
  return [...lines, rest];
}

const graphemes = new Intl.Segmenter();
const ascii = /^[\x20-\x7e]*$/;

function takeStart(text: string, width: number): string {
  if (ascii.test(text)) return text.slice(0, Math.max(width, 0));
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** As much of the text's end as fits. */
export function takeEnd(text: string, width: number): string {
  if (ascii.test(text)) return width <= 0 ? '' : text.slice(-width);
  let taken = '';
  let used = 0;
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    used += widthOf(segment);
    if (used > width) break;
    taken = segment + taken;
  }
  return taken;
}

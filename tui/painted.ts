import type { Line } from './line.js';
import type { Style, Theme } from './theme.js';
import { fit, widthOf } from './width.js';

/** A line as the terminal gets it, and the cells that it takes there. */
export interface Painted {
  readonly text: string;
  readonly width: number;
}

/** A line in its looks, cut where its pane ends. */
export function painted(line: Line, columns: number, theme: Theme): Painted {
  let width = 0;
  let text = '';
  for (const span of line) {
    const room = columns - width;
    if (room <= 0) break;
    const own = widthOf(span.text);
    text += looked(span.style, own <= room ? span.text : fit(span.text, room), theme);
    width += Math.min(own, room);
  }
  return { text, width };
}

/** Of blanks, only a ground of their own can be seen. */
function looked(style: Style, text: string, theme: Theme): string {
  return style === 'cursor' || style === 'notice' || text.trim() !== '' ? theme(style, text) : text;
}

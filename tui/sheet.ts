import { createContext } from 'react';
import type { Line } from './line.js';
import { type Painted, painted } from './painted.js';
import { plainTheme, type Theme } from './theme.js';

/** What the screen is parted into; not all of them are there at a time. */
export type PaneName = 'header' | 'tree' | 'divider' | 'evidence' | 'title' | 'pages' | 'footer';

/**
 * The lines of the panes. Ink is only told where they go, by a letter for each: it takes every text
 * apart into cells and puts those together again for every frame, whatever has changed, which takes
 * longer than all the rest of a frame together.
 */
export interface Sheet {
  /** The lines that a pane has from now on. */
  readonly put: (pane: PaneName, lines: readonly Line[], columns: number) => void;
  /** The lines of the screen, in the places that the letters have. */
  readonly filled: (letters: string) => readonly string[];
}

export function sheetOf(theme: Theme): Sheet {
  const panes = new Map<string, Pane>();
  return {
    put(name, lines, columns) {
      const letter = letters[name];
      const pane = panes.get(letter);
      if (pane?.lines === lines && pane.columns === columns) return;
      panes.set(letter, { lines, columns, painted: [] });
    },
    filled(frame) {
      const used = new Map<string, number>();
      return frame.split('\n').map((row) => {
        let line = '';
        let cells = 0;
        for (const { 0: letter, index } of row.matchAll(/\S/g)) {
          const at = used.get(letter) ?? 0;
          used.set(letter, at + 1);
          const { text, width } = lineAt(panes.get(letter), at, theme);
          line += ' '.repeat(Math.max(index - cells, 0)) + text;
          cells = index + width;
        }
        return line.trimEnd();
      });
    },
  };
}

/** Every pane's lines go to the sheet of the screen that it is on. */
export const SheetContext = createContext(sheetOf(plainTheme));

/** What Ink is given in the place of a pane's lines. */
export function lettersOf(pane: PaneName, rows: number): string {
  return new Array<string>(rows).fill(letters[pane]).join('\n');
}

const letters: Readonly<Record<PaneName, string>> = {
  header: 'h',
  tree: 't',
  divider: 'd',
  evidence: 'e',
  title: 'c',
  pages: 'p',
  footer: 'f',
};

interface Pane {
  readonly lines: readonly Line[];
  readonly columns: number;
  /** What was painted of the lines so far. */
  readonly painted: Painted[];
}

function lineAt(pane: Pane | undefined, at: number, theme: Theme): Painted {
  const line = pane?.lines[at];
  if (pane === undefined || line === undefined) return blank;
  const known = pane.painted[at] ?? painted(line, pane.columns, theme);
  pane.painted[at] = known;
  return known;
}

const blank: Painted = { text: '', width: 0 };

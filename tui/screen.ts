import type { Size } from './layout.js';

/** A terminal's alternate screen, and the one place that writes escape sequences to it. */
export interface Screen {
  readonly size: () => Size;
  /** Shows these lines, writing only those that are not on the screen already. */
  readonly paint: (lines: readonly string[]) => void;
  /** Goes to the alternate screen, or redraws it where something else has drawn on it. */
  readonly enter: () => void;
  /** Gives the terminal back as it was; more than once does no harm. */
  readonly leave: () => void;
}

/** Told of a screen that comes and goes. */
export interface ScreenGuard {
  readonly entered: () => void;
  readonly left: () => void;
}

/** The screen of a terminal's output. Nothing is written before it is entered. */
export function screenOn(output: NodeJS.WriteStream, guard?: ScreenGuard): Screen {
  let entered = false;
  let shown: readonly string[] = [];
  let wanted: readonly string[] = [];
  let drawnAt: Size | undefined;

  const size = () => ({ columns: output.columns || 80, rows: output.rows || 24 });
  const draw = (before: string) => {
    const changes = changedLines(shown, wanted);
    shown = wanted;
    drawnAt = size();
    if (before + changes !== '') output.write(beginUpdate + before + changes + endUpdate);
  };
  return {
    size,
    paint(lines) {
      wanted = lines.slice(0, Math.max(size().rows - 1, 1));
      if (!entered) return;
      // A terminal that was resized has moved about what was on it.
      const moved = !sameSize(drawnAt, size());
      if (moved) shown = [];
      draw(moved ? clear : '');
    },
    enter() {
      entered = true;
      guard?.entered();
      shown = [];
      draw(alternateScreen + hideCursor + noAutowrap + bracketedPaste + clear);
    },
    leave() {
      if (!entered) return;
      entered = false;
      output.write(leaving);
      guard?.left();
    },
  };
}

const alternateScreen = '\x1b[?1049h';
const mainScreen = '\x1b[?1049l';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
// A line that the terminal finds wider than we do must not push the others down.
const noAutowrap = '\x1b[?7l';
const autowrap = '\x1b[?7h';
// What is pasted comes between marks, and is told from keys.
const bracketedPaste = '\x1b[?2004h';
const plainPaste = '\x1b[?2004l';
/** What takes a screen off its terminal. */
export const leaving = plainPaste + autowrap + showCursor + mainScreen;
const clear = '\x1b[2J';
const eraseLine = '\x1b[2K';
const reset = '\x1b[0m';
// Terminals that know synchronised updates show a frame at once; others ignore the request.
const beginUpdate = '\x1b[?2026h';
const endUpdate = '\x1b[?2026l';

function sameSize(one: Size | undefined, other: Size): boolean {
  return one?.columns === other.columns && one.rows === other.rows;
}

function changedLines(shown: readonly string[], wanted: readonly string[]): string {
  let changes = '';
  for (let at = 0; at < Math.max(shown.length, wanted.length); at++) {
    const line = wanted[at] ?? '';
    if (line !== (shown[at] ?? '')) changes += `\x1b[${at + 1};1H${eraseLine}${line}${reset}`;
  }
  return changes;
}

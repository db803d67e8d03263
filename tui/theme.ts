import { styleText } from 'node:util';

/** What a stretch of text is, which the theme turns into how it looks. */
export type Style =
  | 'plain'
  | 'title'
  | 'heading'
  | 'faint'
  | 'allowed'
  | 'denied'
  | 'ignored'
  | 'offered'
  | 'mixed'
  | 'warning'
  | 'notice'
  | 'cursor';

export type Theme = (style: Style, text: string) => string;

/** The theme for a terminal with or without colours. Bold, faint and inverse are not colours. */
export function themeFor(colours: boolean): Theme {
  const looks = colours ? { ...attributes, ...hues } : attributes;
  return (style, text) => {
    const look = looks[style];
    // The stream is not asked: styleText would look at stdout, which is the target's.
    return look.length === 0 || text === ''
      ? text
      : styleText([...look], text, { validateStream: false });
  };
}

/** Text as it is, for frames that are compared. */
export const plainTheme: Theme = (_style, text) => text;

type Look = readonly ('bold' | 'dim' | 'inverse' | 'red' | 'magenta')[];

const attributes: Readonly<Record<Style, Look>> = {
  plain: [],
  title: ['bold'],
  heading: ['bold'],
  faint: ['dim'],
  allowed: [],
  denied: ['bold'],
  ignored: ['dim'],
  offered: ['dim'],
  mixed: [],
  warning: ['bold'],
  notice: ['inverse'],
  cursor: ['inverse'],
};

// Of the eight that every terminal has, the two that can be read on white and on black: green, cyan
// and yellow are too light for the one, blue too dark for the other. All else is the terminal's own.
const hues = {
  denied: ['red', 'bold'],
  mixed: ['magenta'],
  warning: ['magenta', 'bold'],
} as const satisfies Partial<Record<Style, Look>>;

import type { Style } from './theme.js';

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of a pane, before it is cut to the pane's width. */
export type Line = readonly Span[];

/** A line in a single style. */
export function line(text: string, style: Style = 'plain'): Line {
  return [{ text, style }];
}

/** A line as it reads without its styles. */
export function textOf(spans: Line): string {
  return spans.map((span) => span.text).join('');
}

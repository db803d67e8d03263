import type { Message } from './messages.js';

/** What is open on the screen, by which keys mean one thing or another. */
export type Mode = 'rows' | 'pager' | 'menu' | 'prompt' | 'leaving';

type Keys = Readonly<Record<string, Message>>;

/** What a key does where rows are shown. Characters stand for themselves. */
export const rowKeys = {
  Up: { kind: 'moved', rows: -1 },
  k: { kind: 'moved', rows: -1 },
  Down: { kind: 'moved', rows: 1 },
  j: { kind: 'moved', rows: 1 },
  PageUp: { kind: 'paged', pages: -1 },
  'Ctrl-b': { kind: 'paged', pages: -1 },
  PageDown: { kind: 'paged', pages: 1 },
  'Ctrl-f': { kind: 'paged', pages: 1 },
  Home: { kind: 'jumped', to: 'first' },
  g: { kind: 'jumped', to: 'first' },
  End: { kind: 'jumped', to: 'last' },
  G: { kind: 'jumped', to: 'last' },
  Left: { kind: 'folded' },
  h: { kind: 'folded' },
  Right: { kind: 'unfolded' },
  l: { kind: 'unfolded' },
  '/': { kind: 'prompt-asked', prompt: 'filter' },
  s: { kind: 'order-changed' },
  n: { kind: 'jumped-to-open', step: 1 },
  N: { kind: 'jumped-to-open', step: -1 },
  ' ': { kind: 'decided', decision: 'other' },
  a: { kind: 'decided', decision: 'allow' },
  d: { kind: 'decided', decision: 'deny' },
  i: { kind: 'decided', decision: 'ignore' },
  f: { kind: 'rule-folded' },
  F: { kind: 'rule-unfolded' },
  '[': { kind: 'slid', step: -1 },
  ']': { kind: 'slid', step: 1 },
  r: { kind: 'menu-asked', menu: 'rights' },
  b: { kind: 'menu-asked', menu: 'bulk' },
  v: { kind: 'menu-asked', menu: 'variable' },
  '+': { kind: 'prompt-asked', prompt: 'add' },
  e: { kind: 'prompt-asked', prompt: 'reason' },
  u: { kind: 'undone' },
  U: { kind: 'redone' },
  'Ctrl-r': { kind: 'redone' },
  p: { kind: 'pager-asked', pager: 'preview' },
  D: { kind: 'pager-asked', pager: 'difference' },
  '?': { kind: 'pager-asked', pager: 'help' },
  Enter: { kind: 'pager-asked', pager: 'evidence' },
  o: { kind: 'pager-asked', pager: 'output' },
  S: { kind: 'stop-asked' },
  R: { kind: 'restart-asked' },
  w: { kind: 'write-asked' },
  q: { kind: 'quit-asked' },
  Escape: { kind: 'dialog-left' },
} as const satisfies Keys;

const scrollKeys = {
  Up: rowKeys.Up,
  k: rowKeys.k,
  Down: rowKeys.Down,
  j: rowKeys.j,
  PageUp: rowKeys.PageUp,
  PageDown: rowKeys.PageDown,
  Home: rowKeys.Home,
  g: rowKeys.g,
  End: rowKeys.End,
  G: rowKeys.G,
} as const satisfies Keys;

/** What a key does where help, a preview or evidence is read. */
export const pagerKeys = {
  ...scrollKeys,
  ' ': rowKeys.PageDown,
  b: rowKeys.PageUp,
  p: rowKeys.p,
  D: rowKeys.D,
  t: { kind: 'format-changed', step: 1 },
  T: { kind: 'format-changed', step: -1 },
  o: rowKeys.o,
  '?': rowKeys['?'],
  Enter: { kind: 'dialog-left' },
  w: rowKeys.w,
  q: { kind: 'dialog-left' },
  Escape: { kind: 'dialog-left' },
} as const satisfies Keys;

/** What a key does in a menu. */
export const menuKeys = {
  ...scrollKeys,
  ' ': rowKeys[' '],
  a: rowKeys.a,
  d: rowKeys.d,
  i: rowKeys.i,
  u: rowKeys.u,
  U: rowKeys.U,
  Enter: { kind: 'accepted' },
  q: { kind: 'dialog-left' },
  Escape: { kind: 'dialog-left' },
} as const satisfies Keys;

/** What a key does that is no character where a line is typed. */
export const promptKeys = {
  Enter: { kind: 'accepted' },
  Tab: { kind: 'completion-asked' },
  Backspace: { kind: 'erased', what: 'character' },
  'Ctrl-w': { kind: 'erased', what: 'word' },
  'Ctrl-u': { kind: 'erased', what: 'line' },
  Escape: { kind: 'dialog-left' },
} as const satisfies Keys;

/** What a key does where it is asked what becomes of the target. */
export const leavingKeys = {
  s: { kind: 'fate-chosen', fate: 'stop' },
  k: { kind: 'fate-chosen', fate: 'keep' },
  q: { kind: 'dialog-left' },
  Escape: { kind: 'dialog-left' },
} as const satisfies Keys;

const everywhere = {
  'Ctrl-c': { kind: 'interrupted' },
  'Ctrl-z': { kind: 'suspend-asked' },
} as const satisfies Keys;

/** What a key means; nothing where it has no meaning. */
export function messageFor(press: string, mode: Mode): Message | undefined {
  const found = lookUp(everywhere, press) ?? lookUp(tables[mode], press);
  if (found !== undefined || mode !== 'prompt') return found;
  return isCharacter(press) ? { kind: 'typed', text: press } : undefined;
}

const tables: Readonly<Record<Mode, Keys>> = {
  rows: rowKeys,
  pager: pagerKeys,
  menu: menuKeys,
  prompt: promptKeys,
  leaving: leavingKeys,
};

/** Keys that are no character have a name of several letters. */
function isCharacter(press: string): boolean {
  return [...press].length === 1;
}

function lookUp(table: Keys, press: string): Message | undefined {
  return Object.hasOwn(table, press) ? table[press] : undefined;
}

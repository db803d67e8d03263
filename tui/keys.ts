import type { Key } from 'ink';
import type { Message } from './messages.js';

/** The keys that are characters, by what they do. */
export const characterKeys = {
  k: { kind: 'moved', rows: -1 },
  j: { kind: 'moved', rows: 1 },
  h: { kind: 'folded' },
  l: { kind: 'unfolded' },
  g: { kind: 'jumped', to: 'first' },
  G: { kind: 'jumped', to: 'last' },
  ' ': { kind: 'decided', decision: 'other' },
  a: { kind: 'decided', decision: 'allow' },
  d: { kind: 'decided', decision: 'deny' },
  u: { kind: 'undone' },
  U: { kind: 'redone' },
  p: { kind: 'pager-asked', pager: 'preview' },
  '?': { kind: 'pager-asked', pager: 'help' },
  '\r': { kind: 'pager-asked', pager: 'evidence' },
  w: { kind: 'write-asked' },
  q: { kind: 'quit-asked' },
} as const satisfies Readonly<Record<string, Message>>;

/** The keys that are held with Ctrl. */
export const controlKeys = {
  c: { kind: 'interrupted' },
  z: { kind: 'suspend-asked' },
  r: { kind: 'redone' },
} as const satisfies Readonly<Record<string, Message>>;

/** The keys that have a name. */
export const namedKeys = {
  upArrow: { kind: 'moved', rows: -1 },
  downArrow: { kind: 'moved', rows: 1 },
  leftArrow: { kind: 'folded' },
  rightArrow: { kind: 'unfolded' },
  pageUp: { kind: 'paged', pages: -1 },
  pageDown: { kind: 'paged', pages: 1 },
  home: { kind: 'jumped', to: 'first' },
  end: { kind: 'jumped', to: 'last' },
  escape: { kind: 'pager-left' },
  return: { kind: 'pager-asked', pager: 'evidence' },
} as const satisfies Partial<Record<keyof Key, Message>>;

/**
 * What a piece of input means. Keys that are typed faster than they are read arrive together as one
 * piece, so a piece can be several messages.
 */
export function messagesOf(input: string, key: Key): readonly Message[] {
  for (const name of namesOfKeys) if (key[name]) return [namedKeys[name]];
  if (key.ctrl) return lookUp(controlKeys, input);
  if (key.meta) return [];
  return [...input].flatMap((character) => controlOrCharacter(character));
}

const namesOfKeys = Object.keys(namedKeys) as readonly (keyof typeof namedKeys)[];

/** Inside a longer piece, Ink leaves a key held with Ctrl as its control character. */
function controlOrCharacter(character: string): readonly Message[] {
  const code = character.charCodeAt(0);
  const isControl = code > 0 && code <= 26 && character !== '\r';
  return isControl
    ? lookUp(controlKeys, String.fromCharCode(code + 96))
    : lookUp(characterKeys, character);
}

function lookUp(table: Readonly<Record<string, Message>>, input: string): readonly Message[] {
  const message = Object.hasOwn(table, input) ? table[input] : undefined;
  return message === undefined ? [] : [message];
}

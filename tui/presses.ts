import { StringDecoder } from 'node:string_decoder';

/** Something that a keyboard sent: a key by its name or character, or a text that was pasted. */
export type Press =
  | { readonly kind: 'pressed'; readonly press: string }
  | { readonly kind: 'pasted'; readonly text: string };

/**
 * Reads what a terminal sends. Keys that are typed faster than they are read arrive together, and
 * a slow line may part the bytes of one.
 */
export class PressReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The keys that are complete now. */
  read(bytes: Buffer | string): readonly Press[] {
    this.#rest += typeof bytes === 'string' ? bytes : this.#decoder.write(bytes);
    const presses: Press[] = [];
    for (let taken = take(this.#rest); taken !== undefined; taken = take(this.#rest)) {
      this.#rest = this.#rest.slice(taken.length);
      if (taken.press !== undefined) presses.push(taken.press);
    }
    return presses;
  }

  /** Whether something was begun that may be the Escape key or the start of more. */
  isUndecided(): boolean {
    return this.#rest.startsWith(escapeKey) && !this.#rest.startsWith(pasteStart);
  }

  /** Nothing more has come: what was begun is the Escape key, and what follows it other keys. */
  settle(): readonly Press[] {
    if (!this.isUndecided()) return [];
    const rest = this.#rest.slice(1);
    this.#rest = '';
    return [{ kind: 'pressed', press: 'Escape' }, ...this.read(rest)];
  }
}

interface Taken {
  readonly press: Press | undefined;
  readonly length: number;
}

const escapeKey = '\x1b';
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** The first key of a text; undefined when the text ends in the middle of it. */
function take(text: string): Taken | undefined {
  if (text === '') return undefined;
  if (text.startsWith(pasteStart)) return takePasted(text);
  if (text.startsWith(escapeKey)) return takeSequence(text);
  const [character = ''] = text;
  return { press: pressed(nameOfControl(character)), length: character.length };
}

function takePasted(text: string): Taken | undefined {
  const end = text.indexOf(pasteEnd);
  if (end < 0) return undefined;
  const pasted = text.slice(pasteStart.length, end);
  return { press: { kind: 'pasted', text: pasted }, length: end + pasteEnd.length };
}

function takeSequence(text: string): Taken | undefined {
  const rest = text.slice(escapeKey.length);
  const [sequence] = /^(?:\[[0-?]*[ -/]*[@-~]|O[ -~])/.exec(rest) ?? [];
  if (sequence !== undefined) {
    const name = nameOfSequence(sequence);
    const press = name === undefined ? undefined : pressed(name);
    return { press, length: escapeKey.length + sequence.length };
  }
  if (rest === '' || /^[[O][ -?]*$/.test(rest)) return undefined;
  // Escape twice is Escape; a key held with Alt means nothing.
  if (rest.startsWith(escapeKey)) return { press: pressed('Escape'), length: escapeKey.length };
  const [held = ''] = rest;
  return { press: undefined, length: escapeKey.length + held.length };
}

/** @param sequence - without the Escape that it begins with. */
function nameOfSequence(sequence: string): string | undefined {
  const last = sequence.at(-1) ?? '';
  if (last !== '~') return letters[last];
  return numbers[/^\[(\d+)/.exec(sequence)?.[1] ?? ''];
}

// As xterm, the Linux console, rxvt and tmux send them (terminfo: kcuu1, khome, knp, …).
const letters: Readonly<Record<string, string>> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  H: 'Home',
  F: 'End',
  M: 'Enter',
};
const numbers: Readonly<Record<string, string>> = {
  1: 'Home',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
};

function nameOfControl(character: string): string {
  switch (character) {
    case '\r':
    case '\n':
      return 'Enter';
    case '\t':
      return 'Tab';
    case '\x7f':
    case '\b':
      return 'Backspace';
  }
  const code = character.charCodeAt(0);
  return code < 27 ? `Ctrl-${String.fromCharCode(code + 96)}` : character;
}

function pressed(press: string): Press {
  return { kind: 'pressed', press };
}

/**
 * Text that cannot write to the terminal. File names are chosen by whoever makes the files, so
 * control characters, escape sequences, bidirectional overrides and whatever else is invisible
 * stand as escapes: `\x1b` for a byte, `\u{202e}` for a character.
 */
export function printable(text: string): string {
  return plain.test(text) ? text : text.replace(unprintable, escaped);
}

const plain = /^[\x20-\x7e]*$/;

// Controls, format characters, line separators, lone surrogates, and what fonts leave out.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  // PEP 383: a byte of a path that is not UTF-8.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code & 0xff).toString(16)}`;
  return `\\u{${code.toString(16)}}`;
}

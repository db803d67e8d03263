import { pathToBytes } from '../../kernel/path-bytes.js';

/**
 * The bytes of a path in a string literal of C, Go or Rust: printable ASCII stands for itself, all
 * else as an escape.
 *
 * @param escaped - of a byte, so that no digit after it can be taken for a part of it.
 */
export function literal(path: string, escaped: (byte: number) => string): string {
  return [...pathToBytes(path)]
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : escaped(byte)))
    .join('');
}

/** Two hexadecimal digits: Go and Rust read no more than that. */
export function hexEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** Three octal digits: C would read hexadecimal ones without end. */
export function octalEscape(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/**
 * Text that neither ends a comment nor shows as something else than it is: names in it are chosen
 * by whoever makes the files.
 */
export function commentText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
    })
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *');
}

/** `?` is left out since two of them begin a trigraph in C. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && !'"\\?'.includes(String.fromCharCode(byte));
}

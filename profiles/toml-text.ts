/**
 * A basic string of TOML. Control characters are escaped, so that a file's name can neither end a
 * string nor write to a terminal that shows the profile.
 */
export function tomlString(text: string): string {
  return `"${text.replace(/["\\\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)}"`;
}

/** An array of strings on one line. */
export function tomlStrings(texts: readonly string[]): string {
  return `[${texts.map(tomlString).join(', ')}]`;
}

/** Comment lines; what would end a comment, or act on a terminal, is escaped. */
export function tomlComment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\ud800-\udfff]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

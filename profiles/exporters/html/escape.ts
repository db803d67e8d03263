/**
 * Text for HTML, in elements and in quoted attributes. What cannot be seen, or acts on what is
 * around it (controls, bidirectional overrides, bytes that are no UTF-8), stands as its number.
 */
export function escapeHtml(text: string): string {
  return text
    .replace(unseen, (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code >= 0xdc80 && code <= 0xdcff) return `<\\x${(code & 0xff).toString(16)}>`;
      return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
    })
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** A number for people: 12,345. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

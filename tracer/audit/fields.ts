import { pathFromByteString } from '../../kernel/path-bytes.js';

/** The fields of an audit record by their names; quotes are kept. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads `name=value` pairs. What ausearch has interpreted (`-i`) stands without quotes and may hold
 * spaces, so that a value ends where the next name begins.
 */
export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const [, name, value] of text.matchAll(pairs)) {
    if (name !== undefined && value !== undefined && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

const pairs = /(?<=^|\s)([A-Za-z_][\w-]*)=("[^"]*"|.*?)(?=\s+[A-Za-z_][\w-]*=|\s*$)/g;

/** A field that the kernel wrote as it stands: a number, a list. */
export function plain(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return value === undefined || value === '' || value === '(none)' ? undefined : value;
}

/**
 * A field that a program has chosen (audit_log_untrustedstring): in quotes, or the hexadecimal
 * digits of its bytes where it holds a quote, a space, or what is not printable ASCII.
 *
 * @returns one character a byte; undefined where there is no such field, or it is cut off.
 */
export function untrusted(fields: Fields, name: string): string | undefined {
  const value = plain(fields, name);
  if (value === undefined || value === '(null)') return undefined;
  if (value.startsWith('"')) return /^"([^"]*)"$/.exec(value)?.[1];
  if (/^(?:[0-9A-F]{2})+$/.test(value)) return Buffer.from(value, 'hex').toString('latin1');
  return value;
}

/** The same as a path. */
export function untrustedPath(fields: Fields, name: string): string | undefined {
  const bytes = untrusted(fields, name);
  return bytes === undefined ? undefined : pathFromByteString(bytes);
}

import { hasEscapedBytes } from '../../kernel/path-bytes.js';

/** For tools that take any path: what the kernel takes, they take. */
export function alwaysWritable(): undefined {
  return undefined;
}

/** For formats of text: a path that is no UTF-8 cannot stand in them. */
export function unlessUtf8(path: string): string | undefined {
  return hasEscapedBytes(path) ? 'a text in UTF-8 cannot hold it' : undefined;
}

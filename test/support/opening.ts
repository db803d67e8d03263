import type { Operation } from '../../landlock/operation.js';

/** A file that is there and opened for reading. */
export function opening(path: string): Operation & { readonly kind: 'open' } {
  const nothing = { write: false, truncate: false, create: 'no' } as const;
  return { kind: 'open', path, type: 'regular', read: true, ...nothing };
}

import type { FsAccess } from '../landlock/access-set.js';

/** Something to choose from, for the row or the path that it was opened for. */
export type Menu =
  | { readonly kind: 'rights' | 'bulk' | 'variable'; readonly row: string; readonly cursor: number }
  | {
      readonly kind: 'add';
      readonly path: string;
      readonly beneath: boolean;
      readonly chosen: FsAccess;
      readonly cursor: number;
    };

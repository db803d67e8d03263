/**
 * What the runs found and left at a path. Kinds of objects are bits: of a set of them, one may be
 * `missing`.
 */
export interface History {
  readonly before: number;
  readonly after: number;
  readonly changed: boolean;
  readonly mode: number;
}

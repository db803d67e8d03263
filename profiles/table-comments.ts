import { tableNameOf } from './locate.js';

/** Where a table of a TOML text begins, and what is said above it. */
export interface TableHead {
  /** Counted from 1. */
  readonly line: number;
  /** The comment lines right above it, without their `# `. */
  readonly comments: readonly string[];
}

/** The heads of a TOML text's tables by their names, in the order of the text. */
export function tableHeads(text: string): ReadonlyMap<string, readonly TableHead[]> {
  const heads = new Map<string, TableHead[]>();
  let comments: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const comment = /^\s*#\s?(.*?)\r?$/.exec(line)?.[1];
    const name = tableNameOf(line);
    if (name !== undefined) {
      const known = heads.get(name) ?? [];
      known.push({ line: index + 1, comments });
      heads.set(name, known);
    }
    if (comment === undefined) comments = [];
    else comments.push(comment);
  }
  return heads;
}

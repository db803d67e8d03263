/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Steps from the top of a TOML document: a key, the number of an array's element. */
export type KeyPath = readonly (string | number)[];

/**
 * Where in a TOML text a value stands that the parser, which keeps no places, has read without
 * complaint. Falls back to the closest place that it can find: the key, its table, the start.
 */
export function locate(text: string, path: KeyPath): Position {
  const lines = text.split('\n');
  const [table, index] = path;
  if (typeof table !== 'string') return { line: 1, column: 1 };
  const nested = typeof index === 'number';
  const start = nested ? tableLine(lines, table, index) : tableLine(lines, table, 0);
  const key = nested ? path[2] : start === undefined ? table : path[1];
  const element = nested ? path[3] : start === undefined ? path[1] : path[2];
  const from = start ?? -1;
  if (typeof key !== 'string') return { line: from + 1 || 1, column: 1 };
  return keyPosition(lines, from, key, element) ?? { line: Math.max(from, 0) + 1, column: 1 };
}

function tableLine(lines: readonly string[], table: string, index: number): number | undefined {
  let seen = -1;
  for (const [number, line] of lines.entries()) {
    if (tableNameOf(line) === table && ++seen === index) return number;
  }
  return undefined;
}

/** The name in a table's head, `[name]` or `[[name]]`; undefined for any other line. */
export function tableNameOf(line: string): string | undefined {
  return /^\s*\[{1,2}\s*"?([A-Za-z0-9_-]+)"?\s*\]{1,2}/.exec(line)?.[1];
}

function keyPosition(
  lines: readonly string[],
  from: number,
  key: string,
  element: string | number | undefined,
): Position | undefined {
  for (let number = from + 1; number < lines.length; number++) {
    const line = lines[number] ?? '';
    if (tableNameOf(line) !== undefined) return undefined;
    const match = /^\s*"?([A-Za-z0-9_-]+)"?\s*=/.exec(line);
    if (match?.[1] !== key) continue;
    const column = line.length - line.trimStart().length + 1;
    return typeof element === 'number'
      ? (elementPosition(lines, number, element) ?? { line: number + 1, column })
      : { line: number + 1, column };
  }
  return undefined;
}

/** The place of an array's element, over as many lines as the array has. */
function elementPosition(
  lines: readonly string[],
  first: number,
  element: number,
): Position | undefined {
  let seen = -1;
  for (let number = first; number < lines.length; number++) {
    const line = lines[number] ?? '';
    const start = number === first ? line.indexOf('=') + 1 : 0;
    for (const match of line.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|#.*|[\d_]+|\]/g)) {
      if (match[0] === ']') return undefined;
      if (match[0].startsWith('#') || ++seen < element) continue;
      return { line: number + 1, column: start + match.index + 1 };
    }
  }
  return undefined;
}

import { hasEscapedBytes, pathToBytes } from '../../kernel/path-bytes.js';
import type { ResolvedProfile } from '../resolve.js';

/** For formats without creations: what has to be made by hand, as the commands that do. */
export function creationLosses({ creations }: ResolvedProfile): readonly string[] {
  return creations.map(({ path, kind, mode }) => {
    const octal = mode.toString(8).padStart(4, '0');
    const quoted = shellWord(path);
    const command =
      kind === 'directory'
        ? `mkdir -p -m ${octal} ${quoted}`
        : `touch ${quoted} && chmod ${octal} ${quoted}`;
    return `it cannot make what has to exist beforehand; run: ${command}`;
  });
}

/** For formats of text: paths that are no UTF-8 cannot stand in them, and their rules are left out. */
export function rawPathLosses(paths: readonly string[]): readonly string[] {
  return paths
    .filter(hasEscapedBytes)
    .map(
      (path) =>
        `the path with the bytes ${pathToBytes(path).toString('hex')} is no UTF-8: its rule is left out, and what it allows is denied`,
    );
}

/** A word that a POSIX shell takes as it is. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether a path ends in a name that can be given and taken: not in `.`, `..` or the root. */
export function endsInName(path: string): boolean {
  return !/(?:^|\/)\.{1,2}\/*$|^\/+$/.test(path);
}

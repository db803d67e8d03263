/** A program's name without its directory, as people call it. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

/** The directory that holds `path`; `/` holds itself. Paths are absolute and without `.` or `..`. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** `path` and every directory above it, from the leaf to `/`. */
export function* hierarchiesOf(path: string): Generator<string> {
  let current = path;
  for (;;) {
    yield current;
    if (current === '/') return;
    current = parentOf(current);
  }
}

/** Whether `path` is `hierarchy` or lies beneath it. */
export function isBeneath(path: string, hierarchy: string): boolean {
  if (hierarchy === '/' || path === hierarchy) return true;
  return path.startsWith(hierarchy) && path.charCodeAt(hierarchy.length) === slash;
}

/** Whether `path` lies beneath `directory`, which is not `/`, and is not the directory itself. */
export function holds(directory: string, path: string): boolean {
  return path.charCodeAt(directory.length) === slash && path.startsWith(directory);
}

/** The lowest directory that is, or is above, both paths. */
export function commonHierarchy(one: string, other: string): string {
  for (const hierarchy of hierarchiesOf(one)) {
    if (isBeneath(other, hierarchy)) return hierarchy;
  }
  return '/';
}

/** Orders paths by the names in them, a directory right before what it holds. */
export function comparePaths(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left === right) continue;
    // A name that ends comes before one that goes on, whatever with.
    if (left === slash) return -1;
    return right === slash || left > right ? 1 : -1;
  }
  return one.length - other.length;
}

const slash = 47;

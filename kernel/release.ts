import { release } from 'node:os';

/** Whether the kernel that runs, or the release that is told, is of this version or later. */
export function isLinux(major: number, minor: number, of = release()): boolean {
  const [first = 0, second = 0] = of.split('.').map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && second >= minor);
}

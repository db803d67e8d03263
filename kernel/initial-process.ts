import { readFileSync } from 'node:fs';

/**
 * The arguments from `index` of `process.argv` on, as the bytes that we were started with: Node
 * replaces what is not UTF-8, and a target must get what its user typed.
 */
export function rawArguments(index: number): readonly Buffer[] {
  const all = splitAtNul(readFileSync('/proc/self/cmdline'));
  const count = process.argv.length - index;
  return count > 0 ? all.slice(-count) : [];
}

/** The environment that we were started with, as `NAME=value` bytes in its order. */
export function rawEnvironment(): readonly Buffer[] {
  return splitAtNul(readFileSync('/proc/self/environ'));
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start);
    const stop = end === -1 ? bytes.length : end;
    parts.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return parts;
}

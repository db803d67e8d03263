import { readFileSync } from 'node:fs';
import { inheritedVariable } from './inherited.js';

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
  const all = splitAtNul(readFileSync('/proc/self/environ'));
  return all.filter((bytes) => bytes.toString('latin1', 0, ownStart.length) !== ownStart);
}

/** What our launcher has added. */
const ownStart = `${inheritedVariable}=`;

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

import type { Call, FdValue, Value } from 'strace-parser';
import { pathFromByteString } from '../../kernel/path-bytes.js';
import { unnamed } from '../volatile-names.js';

/** An argument without its name (`flags=…`), as it was before the call (`before => after`). */
export function argument(call: Call, index: number): Value | undefined {
  return bare(call.args[index]);
}

/** A structure's field by its name. */
export function fieldOf(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind !== 'struct') return undefined;
  return bare(value.fields.find((field) => field.name === name)?.value);
}

/** The names in a set of flags: `O_RDWR`, `O_CREAT`. */
export function flagNames(value: Value | undefined): ReadonlySet<string> {
  return new Set(value?.kind === 'flags' ? value.names : []);
}

/** An argument that is a name or a path; undefined when strace cut it or printed an address. */
export function pathArgument(value: Value | undefined): string | undefined {
  return value?.kind === 'string' && !value.truncated ? pathFromByteString(value.value) : undefined;
}

/** Where a descriptor leads, as strace saw it; undefined when it leads to no path. */
export function descriptorPath(value: Value | FdValue | undefined): string | undefined {
  if (value?.kind !== 'fd' || value.path === undefined) return undefined;
  return value.path.startsWith('/') ? pathFromByteString(value.path) : undefined;
}

/** The same; for what has no name any more, or never had one, the name that stands for it. */
export function onceNamed(value: Value | FdValue | undefined): string | undefined {
  const path = descriptorPath(value);
  if (path === undefined || value?.kind !== 'fd' || !value.deleted) return path;
  return unnamed(path) ?? path;
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === 'pid') return value.number;
  return value?.kind === 'number' ? Number(value.value) : undefined;
}

/** What the call returned, where that is a number that is no error. */
export function returned(call: Call): number | undefined {
  return call.result.kind === 'value' ? Number(call.result.value) : undefined;
}

function bare(value: Value | undefined): Value | undefined {
  if (value?.kind === 'named') return bare(value.value);
  if (value?.kind === 'change') return bare(value.before);
  return value;
}

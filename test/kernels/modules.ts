import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A kernel module, ready for insmod. */
export interface Module {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * These modules and those that they need, which come first. A name that there is no module of is
 * passed over: the kernel may have it built in.
 */
export function modulesNamed(names: readonly string[], directory: string): readonly Module[] {
  const files = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const [, name] = /([^/]+)\.ko(\.xz|\.zst|\.gz)?$/.exec(entry) ?? [];
    if (name !== undefined) files.set(nameOf(name), join(directory, entry));
  }
  const loaded = new Map<string, Module>();
  const load = (name: string): void => {
    const file = files.get(name);
    if (file === undefined || loaded.has(name)) return;
    const content = contentOf(file);
    for (const needed of neededBy(content)) load(needed);
    loaded.set(name, { name, content });
  };
  for (const name of names) load(nameOf(name));
  return [...loaded.values()];
}

function nameOf(text: string): string {
  return text.replaceAll('-', '_');
}

const unpackers: Readonly<Record<string, string>> = { '.xz': 'xz', '.zst': 'zstd', '.gz': 'gzip' };

function contentOf(file: string): Buffer {
  const unpacker = unpackers[/\.[a-z]+$/.exec(basename(file))?.[0] ?? ''];
  if (unpacker === undefined) return readFileSync(file);
  return execFileSync(unpacker, ['-dc', file], { maxBuffer: 1 << 28 });
}

/** The section .modinfo has `key=value` strings, each ended by a zero. */
function neededBy(content: Buffer): readonly string[] {
  const text = content.toString('latin1');
  const all = [...text.matchAll(/\0(?:depends=|softdep=pre: )([\w,\- ]*)(?=\0)/g)];
  return all.flatMap(([, names = '']) => names.split(/[, ]+/).filter(Boolean).map(nameOf));
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { execute } from './command.js';

/** A launcher in C, compiled without a warning. */
export function compiledLauncher(
  source: string,
  directory: string,
  options: readonly string[] = [],
): string {
  const file = join(directory, 'launcher.c');
  const launcher = join(directory, 'launcher');
  writeFileSync(file, source);
  const words = ['gcc', '-O2', '-Wall', '-Wextra', '-Werror', ...options, '-o', launcher, file];
  const { status, stderr } = execute(words);
  assert.is(status, 0, stderr);
  return launcher;
}

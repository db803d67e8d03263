import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from '../support/command.js';
import { type Lack, lacksPrograms } from '../support/requirements.js';

/** Where the tests of this run have everything; any user may look into it. */
export const base = mkdtempSync(join(tmpdir(), 'll-learn-end-to-end-'));
chmodSync(base, 0o755);
process.on('exit', () => removeWhole(base));

const built = new Set<string>();

/**
 * The program that test/fixtures/programs has the source of, compiled. Static, so that running it
 * touches no file but itself.
 */
export function fixtureProgram(name: string): string {
  const program = join(base, name);
  if (built.has(name)) return program;
  const { status, stderr } = execute(['gcc', '-static', '-pthread', '-o', program, sourceOf(name)]);
  if (status !== 0) throw new Error(`${name}.c cannot be compiled: ${stderr}`);
  built.add(name);
  return program;
}

/** A compiler that makes static programs. */
export function lacksCompiler(): Lack {
  compilerLack ??= { lack: lacksPrograms('gcc') ?? lacksStaticLibrary() };
  return compilerLack.lack;
}

function sourceOf(name: string): string {
  return new URL(`../fixtures/programs/${name}.c`, import.meta.url).pathname;
}

function lacksStaticLibrary(): Lack {
  const linked = spawnSync('gcc', ['-static', '-x', 'c', '-', '-o', '/dev/null'], {
    input: 'int main(void) { return 0; }',
  });
  return linked.status === 0 ? undefined : 'gcc cannot make static programs (no static C library)';
}

let compilerLack: { readonly lack: Lack } | undefined;

/** Removes a directory, with what a program has closed to its owner: that, only root removes as it is. */
export function removeWhole(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    spawnSync('chmod', ['-Rf', 'u+rwX', directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}

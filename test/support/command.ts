import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ended and what it said. */
export interface Ended {
  /** The exit status; for a signal, its name. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, as a user starts it. */
export const ownProgram = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** Runs a command to its end, with no standard input. */
export function execute(words: readonly string[], options: SpawnSyncOptions = {}): Ended {
  const [program = '', ...rest] = words;
  const { status, signal, stdout, stderr, error } = spawnSync(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    ...options,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return { status: status ?? signal ?? 'unknown', stdout: String(stdout), stderr: String(stderr) };
}

/** Runs `ll-learn` with these words. */
export function llLearn(words: readonly string[], options: SpawnSyncOptions = {}): Ended {
  return execute([process.execPath, ownProgram, ...words], options);
}

/** A directory of its own for one test, gone afterwards. */
export async function inDirectory<Result>(
  act: (directory: string) => Promise<Result> | Result,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-test-'));
  try {
    return await act(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

import { spawnSync } from 'node:child_process';
import { bundled } from '../../support/bundled.js';
import type { End, Scenario } from './scenario.js';

/** How the kernel lets each scenario's call end, each in a domain of its own. */
export function askLaboratory(scenarios: readonly Scenario[]): readonly End[] {
  return JSON.parse(inLaboratory('answer.ts', [], JSON.stringify(scenarios))) as readonly End[];
}

/**
 * Runs a program that has a laboratory in it, and returns what it wrote.
 *
 * @throws Error with what it said when it fails.
 */
export function inLaboratory(program: string, words: readonly string[], input = ''): string {
  const path = new URL(program, import.meta.url).pathname;
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ['--single-threaded', bundled(path), ...words],
    { input, maxBuffer: 1 << 28, timeout: 300_000, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${program} failed (${signal ?? status}): ${stdout}${stderr}`);
  return stdout;
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { table } from './table.js';

/** How inference grows with the number of distinct paths: one row, and one process, a size. */
export function benchInference(): void {
  const program = fileURLToPath(new URL('./infer-once.ts', import.meta.url));
  const rows = [['distinct paths', 'time', 'of processors', 'peak resident']];
  for (const size of [1_000, 10_000, 100_000, 1_000_000]) {
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', program, String(size)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    rows.push(stdout.trim().split('\t'));
  }
  process.stdout.write(table(rows));
}

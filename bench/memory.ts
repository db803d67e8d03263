import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { contestants } from './contestants.js';
import { table } from './table.js';
import { opens } from './workloads.js';

/**
 * The most memory that ll-learn ever had while it watched, inferred and wrote: for events on one
 * and the same file, and for files that are all different. `BENCH_MEMORY=0` leaves the rows out
 * that take minutes.
 */
export async function benchMemory(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  try {
    const rows: (readonly string[])[] = [['', 'peak resident', 'until the profile is written']];
    const long = process.env['BENCH_MEMORY'] !== '0';
    rows.push(await rowOf('/bin/true', ['/bin/true'], directory));
    for (const count of long ? [100_000, 1_000_000, 10_000_000] : [100_000]) {
      const name = `${count.toLocaleString('en')} × open+close of one file`;
      rows.push(await rowOf(name, opens(count), directory));
    }
    for (const count of long ? [100_000, 1_000_000] : [10_000]) {
      const tree = join(directory, `tree-${count}`);
      makeTree(tree, count);
      const name = `${count.toLocaleString('en')} files, each opened once`;
      rows.push(await rowOf(name, ['/bin/sh', '-c', `grep -r zz ${tree}; true`], directory));
      rmSync(tree, { recursive: true });
    }
    process.stdout.write(table(rows));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function rowOf(
  name: string,
  command: readonly string[],
  directory: string,
): Promise<readonly string[]> {
  process.stderr.write(`${name} …\n`);
  const [program = '', ...rest] = contestants[0]?.wrap(command, directory) ?? [];
  const start = process.hrtime.bigint();
  const child = spawn(program, rest, { stdio: 'ignore' });
  let peak = 0;
  let ended = false;
  child.on('close', () => {
    ended = true;
  });
  while (!ended) {
    peak = Math.max(peak, highWaterMark(child.pid));
    await wait(5);
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return [name, `${(peak / 1000).toFixed(0)} MB`, `${seconds.toFixed(1)} s`];
}

/** The most that a process ever had, in kB. */
export function highWaterMark(process: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'latin1');
    return Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** A hundred files a directory. */
function makeTree(tree: string, count: number): void {
  for (let number = 0; number < count; number++) {
    const digits = String(number).padStart(7, '0');
    const place = join(tree, digits.slice(0, 3), digits.slice(3, 5));
    if (number % 100 === 0) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, digits.slice(5)), '.');
  }
}

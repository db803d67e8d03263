import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { traceOfOpens } from '../test/support/trace-of-opens.js';
import type { Trace } from '../tracer/trace.js';
import { traceLines } from '../tracer/trace-file.js';
import { highWaterMark } from './memory.js';
import { table } from './table.js';

const ownProgram = new URL('../dist/cli/main.js', import.meta.url).pathname;

/** Accesses of each trace. */
const accesses = 1000;

/**
 * The most memory that `infer` ever had for many traces, of 1,000 accesses each, made in a working
 * directory that is another for every trace: all the same but for that, and with ten of each that no
 * other has. `BENCH_TRACES` is the most traces; 10,000 take 3 GB on the disk.
 */
export async function benchMerging(): Promise<void> {
  const most = Number(process.env['BENCH_TRACES'] ?? 1000);
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  const columns = ['of one alone', 'traces', 'peak resident', 'until the profile is written'];
  const rows: (readonly string[])[] = [columns];
  try {
    for (const own of [0, 10]) {
      for (let number = 0; number < most; number++) {
        writeFileSync(join(directory, `${number}`), [...traceLines(trace(number, own))].join(''));
      }
      for (const count of [most / 100, most / 10, most]) {
        rows.push([String(own), ...(await rowOf(count, directory))]);
      }
    }
    process.stdout.write(table(rows));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function rowOf(count: number, directory: string): Promise<readonly string[]> {
  process.stderr.write(`${count} traces …\n`);
  const files = Array.from({ length: count }, (_, number) => String(number));
  const words = [ownProgram, 'infer', '-o', 'profile', '--fold', 'exact', ...files];
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, words, { cwd: directory, stdio: ['ignore', 2, 2] });
  let peak = 0;
  let status: number | null | undefined;
  child.on('close', (code) => {
    status = code;
  });
  while (status === undefined) {
    peak = Math.max(peak, highWaterMark(child.pid));
    await wait(5);
  }
  if (status !== 0) throw new Error(`infer ended with ${status}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return [count.toLocaleString('en'), `${(peak / 1000).toFixed(0)} MB`, `${seconds.toFixed(1)} s`];
}

function trace(number: number, own: number): Trace {
  const directory = `/builds/${number}`;
  const paths = Array.from({ length: accesses }, (_, at) =>
    at < accesses - own ? `${directory}/d${at % 30}/f${at}` : `/srv/run${number}/f${at}`,
  );
  return traceOfOpens(directory, paths);
}

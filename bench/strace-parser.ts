import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createParser } from 'strace-parser';
import { table } from './table.js';

/** A line of the table. */
interface Row {
  readonly what: string;
  /** Millions of bytes a second, the best of several rounds. */
  readonly 'MB/s': number | undefined;
  /** Thousands of lines a second. */
  readonly 'klines/s': number | undefined;
  readonly note: string;
}

/**
 * How fast logs are read that `strace -f -y` really wrote, beside loops that only find the lines;
 * and whether memory stays flat over a gigabyte (`BENCH_MEMORY=0` leaves that out: it lasts).
 */
export async function benchParser(): Promise<void> {
  const rows = (await measurements()).map((row) => [
    row.what,
    `${row['MB/s'] ?? '-'} MB/s`,
    `${row['klines/s'] ?? '-'} klines/s`,
    row.note,
  ]);
  process.stdout.write(table([['strace -f -y', 'bytes', 'lines', 'of'], ...rows]));
}

async function measurements(): Promise<Row[]> {
  const log = traceWorkloads();
  if (!log)
    return [{ what: 'strace-parser', 'MB/s': undefined, 'klines/s': undefined, note: 'no strace' }];
  const large = repeat(log, 64e6);
  const note = `${megabytes(log)} MB of log, repeated`;
  const rows = [
    await measure('find line breaks', large, note, splitLines),
    await measure('readline', large, note, readLines),
    await measure('strace-parser', large, note, readEvents),
  ];
  if (process.env['BENCH_MEMORY'] !== '0') rows.push(measureMemory(large));
  return rows;
}

const chunkSize = 65536;

/** What common programs do: many files once, some files often, children, threads. */
const workloads = [
  ['find', '/usr/share', '-maxdepth', '4'],
  [
    'python3',
    '-c',
    'import asyncio, json, ssl, subprocess as s; s.run(["ls", "-lR", "/usr/share/doc"])',
  ],
  ['git', '-c', 'init.defaultBranch=main', 'init', '-q', 'repository'],
  ['sh', '-c', 'for i in 1 2 3 4 5 6 7 8 9 10; do ls / | sort | uniq | wc; done'],
  [
    'node',
    '-e',
    'for (const n of require("fs").readdirSync("/usr/bin")) require("fs").statSync("/usr/bin/" + n, { throwIfNoEntry: false })',
  ],
];

function traceWorkloads(): Buffer | undefined {
  const work = mkdtempSync(join(tmpdir(), 'strace-parser-'));
  try {
    const logs = workloads.map((command, i) => {
      const log = join(work, `${i}.log`);
      const traced = spawnSync('strace', ['-f', '-y', '-o', log, ...command], {
        cwd: work,
        stdio: 'ignore',
        timeout: 20_000,
      });
      return traced.error ? undefined : readFileSync(log);
    });
    const written = logs.filter((log) => log !== undefined);
    return written.length > 0 ? Buffer.concat(written) : undefined;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function repeat(log: Buffer, size: number): Buffer {
  return Buffer.concat(new Array<Buffer>(Math.ceil(size / log.length)).fill(log));
}

/** The best of several rounds, the first of which only warm up. */
async function measure(
  what: string,
  log: Buffer,
  note: string,
  read: (log: Buffer) => number | Promise<number>,
): Promise<Row> {
  let best = Number.POSITIVE_INFINITY;
  let lines = 0;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    lines = await read(log);
    best = Math.min(best, performance.now() - start);
  }
  return {
    what,
    'MB/s': Math.round(log.length / 1e3 / best),
    'klines/s': Math.round(lines / best),
    note,
  };
}

/** The least that reading lines can cost: decode, and find the breaks. */
function splitLines(log: Buffer): number {
  let lines = 0;
  for (const chunk of chunks(log)) {
    const text = chunk.toString('latin1');
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  }
  return lines;
}

async function readLines(log: Buffer): Promise<number> {
  let lines = 0;
  const input = Readable.from(chunks(log), { objectMode: false });
  for await (const _ of createInterface({ input })) lines++;
  return lines;
}

function readEvents(log: Buffer): number {
  let lines = 0;
  const parser = createParser((event) => {
    lines += event.kind === 'call' && event.startLine !== event.line ? 2 : 1;
  });
  for (const chunk of chunks(log)) parser.write(chunk);
  parser.end();
  return lines;
}

function* chunks(log: Buffer): Generator<Buffer> {
  for (let at = 0; at < log.length; at += chunkSize) yield log.subarray(at, at + chunkSize);
}

/** Memory after each tenth of a gigabyte that one parser reads. */
function measureMemory(log: Buffer): Row {
  const parser = createParser(() => {});
  const resident: number[] = [];
  const start = performance.now();
  let size = 0;
  while (size < 1e9) {
    for (const chunk of chunks(log)) {
      parser.write(chunk);
      size += chunk.length;
      if (size > 1e8 * (resident.length + 1)) resident.push(process.memoryUsage.rss());
    }
  }
  parser.end();
  const growth = (resident.at(-1) ?? 0) - (resident[0] ?? 0);
  return {
    what: 'strace-parser, 1 GB',
    'MB/s': Math.round(size / 1e3 / (performance.now() - start)),
    'klines/s': undefined,
    note: `memory grew by ${Math.round(growth / 1e6)} MB from the first tenth to the last`,
  };
}

function megabytes(log: Buffer): string {
  return (log.length / 1e6).toFixed(1);
}

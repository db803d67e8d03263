import { infer } from '../inference/infer.js';
import type { RecordedOperation } from '../tracer/trace.js';
import { table } from './table.js';

/** How inference grows with the number of distinct paths: one row a size. */
export function benchInference(): void {
  const rows = [['distinct paths', 'time', 'resident']];
  for (const size of [1_000, 10_000, 100_000, 1_000_000]) {
    const run = { operations: opens(size), objects: [], environment: {} };
    const start = process.hrtime.bigint();
    const { paths } = infer([run], 7);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    const memory = Math.round(process.memoryUsage().rss / 1e6);
    rows.push([String(paths.length), `${milliseconds.toFixed(0)} ms`, `${memory} MB`]);
  }
  process.stdout.write(table(rows));
}

/** Paths as a file tree has them: ten names a directory, seven levels. */
function opens(size: number): RecordedOperation[] {
  return Array.from({ length: size }, (_, number) => ({
    operation: {
      kind: 'open',
      path: `/data/${String(number).padStart(7, '0').split('').join('/')}`,
      type: 'regular',
      read: true,
      write: false,
      truncate: false,
      create: 'no',
    },
    executable: '/usr/bin/reader',
    call: 'openat',
    result: 'ok',
    count: 1,
  }));
}

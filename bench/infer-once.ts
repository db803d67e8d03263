import { infer } from '../inference/infer.js';
import type { RecordedOperation } from '../tracer/trace.js';

/** Infers from as many distinct paths as the first argument says; prints a row of the table. */
const run = { operations: opens(Number(process.argv[2])), objects: [], environment: {} };
const start = process.hrtime.bigint();
const { paths } = infer([run], 7);
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
const memory = Math.round(process.memoryUsage().rss / 1e6);
process.stdout.write(`${paths.length}\t${milliseconds.toFixed(0)} ms\t${memory} MB\n`);

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

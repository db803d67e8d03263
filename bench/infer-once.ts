import { infer } from '../inference/infer.js';
import { OperationColumns } from '../tracer/recorded-columns.js';
import { Texts } from '../tracer/texts.js';

/**
 * Infers from as many distinct paths as the first argument says, held as traces are; prints a row
 * of the table.
 */
const run = { operations: opens(Number(process.argv[2])), objects: [], environment: {} };
const start = process.hrtime.bigint();
const before = process.cpuUsage();
const { paths } = infer([run], 7);
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
const { user, system } = process.cpuUsage(before);
const processors = (user + system) / 1e3;
const peak = Math.round(process.resourceUsage().maxRSS / 1e3);
process.stdout.write(
  `${paths.length}\t${milliseconds.toFixed(0)} ms\t${processors.toFixed(0)} ms\t${peak} MB\n`,
);

/** Paths as a file tree has them: ten names a directory, seven levels. */
function opens(size: number): OperationColumns {
  const texts = new Texts();
  const operations = new OperationColumns(texts);
  const use = operations.addUse({
    operation: {
      ...{ kind: 'open', path: '/data', type: 'regular', read: true, write: false },
      ...{ truncate: false, create: 'no' },
    },
    ...{ executable: '/usr/bin/reader', call: 'openat', result: 'ok' },
  });
  for (let number = 0; number < size; number++) {
    const path = `/data/${String(number).padStart(7, '0').split('').join('/')}`;
    operations.put(number, use, texts.push(path), 1);
  }
  return operations;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ObjectState, RecordedOperation, Trace } from '../../tracer/trace.js';
import { readTrace, traceLines } from '../../tracer/trace-file.js';
import { TraceFileError } from '../../tracer/trace-file-error.js';
import { inDirectory } from '../support/command.js';

const files = suite('trace files');

files('give back what was written, whatever the names', () =>
  inDirectory(async (directory) => {
    const names = [
      'plain',
      'plain',
      'with "quotes"',
      'back\\slash',
      'line\nbreak',
      '\u2028',
      '\udc80',
      'ü',
    ];
    const operations = names.flatMap((name, at) => [
      reading(`/data/${name}`, '/bin/one', 1),
      reading(`/data/${name}`, '/bin/two', 1 + (at % 3)),
      {
        ...reading('', '/bin/one', 7),
        operation: { kind: 'signal', inside: at % 2 === 0 } as const,
      },
    ]);
    const objects = names.map((name, at) =>
      standing(`/data/${name}`, at % 2 === 0 ? 0o644 : 0o600),
    );
    const trace = await readAgain(directory, operations, objects);
    assert.equal([...trace.operations], operations);
    assert.equal([...trace.objects], objects);
    assert.is(trace.operations.length, operations.length);
    assert.is(trace.objects.length, objects.length);
  }),
);

files('hold as many lines as there are', () =>
  inDirectory(async (directory) => {
    const operations = Array.from({ length: 20_000 }, (_, number) =>
      reading(`/data/${number}`, `/bin/${number % 5}`, 1 + (number % 2)),
    );
    const { operations: read } = await readAgain(directory, operations, []);
    assert.ok(
      [...read].every(
        ({ operation }, at) => 'path' in operation && operation.path === `/data/${at}`,
      ),
    );
    assert.equal([...read].at(-1), operations.at(-1));
  }),
);

files('may be written by others, in another order and with spaces', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'trace.jsonl');
    const { operation, ...rest } = reading('/data/x', '/bin/one', 3);
    const { kind, path, ...own } = operation as typeof operation & { path: string };
    const lines = [
      header,
      { kind: 'operation', ...rest, operation: { path, kind, ...own } },
      { kind: 'operation', operation: { kind, path, ...own }, ...rest },
    ].map((entry) => JSON.stringify(entry, null, ' ').replaceAll('\n', ' '));
    writeFileSync(file, lines.join('\r\n'));
    const { operations, integrity } = await readTrace(file);
    assert.equal(
      [...operations],
      [reading('/data/x', '/bin/one', 3), reading('/data/x', '/bin/one', 3)],
    );
    assert.equal(
      integrity.map(({ kind }) => kind),
      ['interrupted'],
      'there is no trailer',
    );
  }),
);

files('are refused where a line is none, by its number', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'trace.jsonl');
    const good = JSON.stringify({ kind: 'operation', ...reading('/data/x', '/bin/one', 1) });
    for (const bad of [
      good.slice(0, -1),
      good.replace('"/data/x"', '"/data/\\x"'),
      '{"kind":"object","path":"',
    ]) {
      writeFileSync(file, [JSON.stringify(header), good, good, bad].join('\n'));
      try {
        await readTrace(file);
        assert.unreachable(bad);
      } catch (error) {
        assert.instance(error, TraceFileError);
        assert.match((error as Error).message, /4/);
      }
    }
  }),
);

files.run();

const header = {
  ...{ kind: 'header', format: 1, tool: 'a tool', tracer: 'permissive', command: ['x'] },
  ...{ directory: '/', kernel: '6', abi: 7, environment: {} },
};

async function readAgain(
  directory: string,
  operations: readonly RecordedOperation[],
  objects: readonly ObjectState[],
): Promise<Trace> {
  const file = join(directory, 'trace.jsonl');
  const { kind: _, format: __, ...about } = header;
  const trace = {
    ...{ header: about, operations, objects, integrity: [] },
    outcome: { kind: 'exited', status: 0 },
  } as unknown as Trace;
  writeFileSync(file, [...traceLines(trace)].join(''));
  assert.ok(readFileSync(file, 'utf8').includes('"trailer"'));
  return readTrace(file);
}

function reading(path: string, executable: string, count: number): RecordedOperation {
  return {
    operation: {
      ...{ kind: 'open', path, type: 'regular', read: true, write: false, truncate: false },
      create: 'no',
    },
    ...{ executable, call: 'openat', result: 'ok', count },
  };
}

function standing(path: string, mode: number): ObjectState {
  return { path, before: 'regular', after: 'regular', changed: false, mode };
}

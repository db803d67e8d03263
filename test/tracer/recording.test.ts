import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Operation } from '../../landlock/operation.js';
import { Assembly } from '../../tracer/recorded-part.js';
import { Recording } from '../../tracer/recording.js';

const recordings = suite('a recording');

recordings('counts equal operations, and keeps those apart that differ in anything', () => {
  const recording = new Recording();
  const read = opening('/a');
  const kept: readonly (readonly [Operation, string, string])[] = [
    [read, '/bin/one', 'open'],
    [{ ...read, write: true }, '/bin/one', 'open'],
    [read, '/bin/two', 'open'],
    [read, '/bin/one', 'openat'],
    [opening('/b'), '/bin/one', 'open'],
    [{ kind: 'connect', protocol: 'tcp', port: 1 }, '/bin/one', 'connect'],
    [{ kind: 'connect', protocol: 'tcp', port: 2 }, '/bin/one', 'connect'],
    [{ kind: 'execute', program: '/a', interpreters: ['/x'] }, '/bin/one', 'execve'],
    [{ kind: 'execute', program: '/a', interpreters: ['/y'] }, '/bin/one', 'execve'],
  ];
  for (const [at, words] of kept.entries()) {
    for (let times = 0; times <= at; times++) recording.add(...words, 'ok');
  }
  const operations = [...recording.finish().operations];
  const counts = kept.map(([operation, executable, call]) =>
    operations
      .filter((each) => each.executable === executable && each.call === call)
      .filter((each) => JSON.stringify(each.operation) === JSON.stringify(operation))
      .map(({ count }) => count),
  );
  assert.equal(counts, [[1], [2], [3], [4], [5], [6], [7], [8], [9]]);
  assert.is(operations.length, kept.length);
});

recordings('says how it found each path, and how it left it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-'));
  mkdirSync(join(directory, 'kept'));
  chmodSync(join(directory, 'kept'), 0o700);
  writeFileSync(join(directory, 'made'), '');
  chmodSync(join(directory, 'made'), 0o640);
  const recording = new Recording();
  recording.disk.found(join(directory, 'kept'), 'directory');
  recording.disk.made(join(directory, 'made'), 'regular');
  recording.disk.removed(join(directory, 'gone'), 'fifo');
  recording.disk.found('/proc/[pid]/stat', 'regular');
  const states = [...recording.finish().objects].map(({ path, before, after, changed, mode }) => {
    return [path.replace(`${directory}/`, ''), before, after, changed, mode];
  });
  assert.equal(states, [
    ['kept', 'directory', 'directory', false, 0o700],
    ['made', 'missing', 'regular', true, 0o640],
    ['gone', 'fifo', 'missing', true, 0],
    ['/proc/[pid]', 'missing', 'missing', true, 0],
  ]);
  rmSync(directory, { recursive: true });
});

recordings('tells of a removal that found nothing, where the run leaves something there', () => {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-'));
  const at = (name: string) => join(directory, name);
  for (const name of ['left', 'found']) writeFileSync(at(name), '');
  mkdirSync(at('place'));
  const recording = new Recording();
  for (const name of ['left', 'place', 'found', 'passed']) {
    recording.sought(at(name), 'other', '/bin/rm', 'unlink');
  }
  recording.disk.made(at('left'), 'regular');
  recording.disk.made(at('place'), 'directory');
  recording.disk.made(at('passed'), 'regular');
  assert.equal(
    [...recording.finish().operations],
    [
      {
        operation: { kind: 'remove', path: at('left'), type: 'regular' },
        executable: '/bin/rm',
        call: 'unlink',
        result: 'ENOENT',
        count: 1,
      },
    ],
  );
  rmSync(directory, { recursive: true });
});

recordings('comes in parts that make up the whole', () => {
  const recording = new Recording();
  const count = 25_000;
  for (let number = 0; number < count; number++) {
    const operation = opening(`/nowhere/${number}`);
    recording.disk.found(operation.path, 'regular');
    recording.add(operation, `/bin/${number % 7}`, 'open', 'ok');
    if (number % 1000 === 0) recording.add({ kind: 'signal', inside: false }, '/', 'kill', 'ok');
  }
  const assembly = new Assembly();
  let parts = 0;
  for (const part of recording.parts()) {
    assembly.add(structuredClone(part));
    parts += 1;
  }
  assert.is(parts, 3);
  const { objects, ...recorded } = assembly.recorded([]);
  const operations = [...recorded.operations];
  assert.is(recorded.operations.length, operations.length);
  assert.is(objects.length, count);
  assert.is([...objects].length, count);
  assert.is(operations.length, count + 1);
  assert.equal(operations[1]?.operation, { kind: 'signal', inside: false });
  assert.is(operations[1]?.count, 25);
  for (const [number, { operation, executable }] of operations.toSpliced(1, 1).entries()) {
    if ((operation as { path?: string }).path !== `/nowhere/${number}`) assert.unreachable();
    if (executable !== `/bin/${number % 7}`) assert.unreachable();
  }
});

recordings.run();

function opening(path: string) {
  const how = { type: 'regular', read: true, write: false, truncate: false, create: 'no' } as const;
  return { kind: 'open', path, ...how } as const;
}

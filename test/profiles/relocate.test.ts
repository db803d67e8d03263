import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commonSurroundings, Relocation } from '../../profiles/relocate.js';
import type { AmbientVariables } from '../../tracer/ambient-names.js';
import type { Trace } from '../../tracer/trace.js';

const relocating = suite('moving traces to common surroundings');

const alice = { HOME: '/home/alice', UID: '1000', WORKDIR: '/srv/one' };
const bob = { HOME: '/home/bob', UID: '1001', WORKDIR: '/builds/42' };

relocating('the surroundings are the same in whatever order, those that say most first', () => {
  const rooted = { HOME: '/home/a', UID: '7', WORKDIR: '/' };
  for (const all of [
    [alice, bob, undefined, rooted],
    [rooted, bob, alice, alice],
  ]) {
    assert.equal(commonSurroundings(all), alice);
  }
  assert.is(commonSurroundings([undefined]), undefined);
});

relocating('what variables explain is moved, and nothing else', () => {
  const moved = new Relocation(alice).of(
    traceOf(
      bob,
      '/home/bob/.rc',
      '/builds/42/main.c',
      '/run/user/1001/x',
      '/builds/43/x',
      '/etc/x',
    ),
  );
  const expected = [
    '/home/alice/.rc',
    '/srv/one/main.c',
    '/run/user/1000/x',
    '/builds/43/x',
    '/etc/x',
  ];
  assert.equal(
    [...moved.objects].map(({ path }) => path),
    expected,
  );
  assert.equal(
    [...moved.operations].map(({ operation }) => 'path' in operation && operation.path),
    expected,
  );
  assert.equal(moved.header.environment, { HOME: '/home/alice', PATH: '/home/alice/bin:/bin' });
  assert.is(moved.header.directory, '/srv/one');
  assert.equal(moved.header.variables, alice);
});

relocating('a trace that is there already stays, and so does one of nobody knows where', () => {
  const there = traceOf(alice, '/home/alice/x');
  assert.is(new Relocation(alice).of(there), there);
  const log = traceOf(undefined, '/home/bob/x');
  assert.is(new Relocation(alice).of(log), log);
});

relocating.run();

function traceOf(variables: AmbientVariables | undefined, ...paths: readonly string[]): Trace {
  const home = variables?.HOME ?? '';
  return {
    header: {
      ...{ tool: '', tracer: 'permissive', command: ['x'], kernel: '', abi: 7 },
      directory: variables?.WORKDIR ?? '/',
      environment: { HOME: home, PATH: `${home}/bin:/bin` },
      ...(variables === undefined ? {} : { variables }),
    },
    operations: paths.map((path) => ({
      operation: {
        ...{ kind: 'open', path, type: 'regular', read: true, write: false },
        ...{ truncate: false, create: 'no' },
      },
      ...{ executable: '/bin/x', call: 'openat', result: 'ok', count: 1 },
    })),
    objects: paths.map((path) => ({
      ...{ path, before: 'regular', after: 'regular', changed: false, mode: 0o644 },
    })),
    outcome: { kind: 'exited', status: 0 },
    integrity: [],
  };
}

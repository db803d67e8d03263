import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { areAlike, isMadeUp, isSpread } from '../../inference/alike-names.js';
import { infer } from '../../inference/infer.js';
import type { Run } from '../../inference/run.js';
import { formatAccess } from '../../landlock/access-set.js';
import type { FileType } from '../../landlock/operation.js';
import { pathReasons } from '../../profiles/reasons.js';
import type { ObjectState } from '../../tracer/trace.js';
import { record } from './random-program.js';

const varying = suite('what will be another the next time');
const abi = 7;
const hash = '3f786850e387550fdab836ed7e6dc881de23001b';

varying('a file named by a hash is granted on its directory', () => {
  const { paths } = infer([reading(`/srv/cache/${hash}.bin`, '/srv/cache/index')], abi);
  assert.equal(rulesOf(paths), { '/srv/cache': '{read_file}' });
  assert.ok(paths[0]?.uses.some(({ why, path }) => why === 'varying' && path.includes(hash)));
  assert.match(paths.flatMap((rule) => pathReasons(rule)).join('\n'), /every run uses others/);
});

varying('and above the directories that such files are spread over', () => {
  const object = `/srv/project/.git/objects/3f/${hash.slice(2)}`;
  assert.equal(rulesOf(infer([reading(object)], abi).paths), {
    '/srv/project/.git/objects': '{read_file}',
  });
});

varying('a cache that is filled over such directories is granted above them', () => {
  const content = `/srv/cache/sha512/df/3a/${hash}`;
  const run: Run = {
    operations: [
      record({ kind: 'make', path: '/srv/cache/sha512/df/3a', type: 'directory' }),
      record({
        ...{ kind: 'rename', from: '/srv/cache/tmp/x', to: content, type: 'regular' },
        ...{ replaced: null, exchange: false },
      }),
    ],
    objects: [
      came('/srv/cache/sha512/df/3a', 'directory'),
      came(content, 'regular'),
      { ...came('/srv/cache/tmp/x', 'regular'), after: 'missing' },
    ],
    environment,
  };
  assert.equal(rulesOf(infer([run], abi).paths), {
    '/srv/cache/sha512': '{remove_file,make_dir,make_reg,refer}',
    '/srv/cache/tmp': '{remove_file,refer}',
  });
});

varying(
  'a directory with such a name, the distribution, and guarded places stay as they are',
  () => {
    for (const path of [
      `/srv/${hash}/file`,
      `/usr/share/${hash}`,
      `/etc/${hash}`,
      `/home/me/${hash}`,
      `/home/me/.ssh/${hash}`,
      `/tmp/${hash}`,
      `/proc/self/${hash}`,
    ]) {
      assert.equal(rulesOf(infer([reading(path)], abi).paths), { [path]: '{read_file}' });
    }
  },
);

varying('of several runs, what one used in place of another is granted on the directory', () => {
  const { paths } = infer(
    [
      reading('/srv/jobs/job-1', '/srv/jobs/settings', '/srv/lib'),
      reading('/srv/jobs/job-2', '/srv/jobs/settings', '/srv/lib'),
    ],
    abi,
  );
  assert.equal(rulesOf(paths), { '/srv/jobs': '{read_file}', '/srv/lib': '{read_file}' });
});

varying('and so is what lies beneath directories that take turns', () => {
  const { paths } = infer(
    [reading('/srv/sessions/41/state'), reading('/srv/sessions/42/state')],
    abi,
  );
  assert.equal(rulesOf(paths), { '/srv/sessions': '{read_file}' });
});

varying('what a run used beside what all used is not taken for another of the same', () => {
  const { paths } = infer([reading('/srv/page1', '/srv/page2'), reading('/srv/page1')], abi);
  assert.equal(rulesOf(paths), { '/srv/page1': '{read_file}', '/srv/page2': '{read_file}' });
  assert.equal(
    paths.map(({ seen }) => seen),
    [
      { runs: 2, of: 2 },
      { runs: 1, of: 2 },
    ],
  );
});

varying('nor is what bears another name, or was used in another way', () => {
  const apart = infer([reading('/srv/orders'), reading('/srv/customers')], abi).paths;
  assert.equal(Object.keys(rulesOf(apart)), ['/srv/customers', '/srv/orders']);
  const writing = { operations: [opened('/srv/part-2', false, true)], objects: [], environment };
  const other = infer([reading('/srv/part-1'), writing], abi).paths;
  assert.equal(Object.keys(rulesOf(other)), ['/srv/part-1', '/srv/part-2']);
});

varying('a rule tells in how many of the runs it was used, unless in all', () => {
  const { paths } = infer(
    [reading('/srv/a'), reading('/srv/a', '/srv/long'), reading('/srv/a')],
    abi,
  );
  const [all, once] = paths.map((rule) => pathReasons(rule)[0] ?? '');
  assert.not.match(all ?? '', /runs/);
  assert.match(once ?? '', /; in 1 of 3 runs$/);
  assert.is(infer([reading('/srv/a')], abi).paths[0]?.seen, undefined);
});

varying('names that chance has made are told from those that people make', () => {
  const made = [
    hash,
    'd41d8cd98f00b204e9800998ecf8427e-le64.cache-8',
    'pack-3f786850e387550fdab836ed7e6dc881de23001b.idx',
    'B4C2A7C0-52FB-4F7B-9C0C-6D1F0A3E2B11',
  ];
  const chosen = [
    'libstdc++.so.6.0.30',
    'x86_64-linux-gnu-gcc-12',
    'deadbeefdeadbeef',
    '20010203040506070809',
    'request.cpython-311.pyc',
    'LC_IDENTIFICATION',
    'a-long-name-with-many-parts-1234',
  ];
  assert.equal(
    made.map(isMadeUp),
    made.map(() => true),
  );
  assert.equal(
    chosen.map(isMadeUp),
    chosen.map(() => false),
  );
  assert.equal(['3f', 'a', 'abc', 'src', 'objects', 'lib'].map(isSpread), [
    ...[true, true, true, false, false, false],
  ]);
});

varying('names are alike that differ in numbers, or in their lesser part', () => {
  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['page-17', 'page-204', true],
    ['report-may.txt', 'report-june.txt', true],
    ['a.txt', 'b.txt', true],
    ['deadbeef01', '0badf00d99', true],
    ['orders', 'customers', false],
    ['passwd', 'group', false],
    ['x', 'y', false],
    ['aa', 'a', true],
  ];
  for (const [one, other, alike] of pairs) {
    assert.is(areAlike(one, other), alike, `${one} ${other}`);
    assert.is(areAlike(other, one), alike, `${other} ${one}`);
  }
});

varying.run();

function came(path: string, after: FileType): ObjectState {
  return { path, before: 'missing', after, changed: true, mode: 0o755 };
}

const environment = { HOME: '/home/me' };

function reading(...paths: readonly string[]): Run {
  return { operations: paths.map((path) => opened(path, true, false)), objects: [], environment };
}

function opened(path: string, read: boolean, write: boolean) {
  const type: FileType = 'regular';
  return record({ kind: 'open', path, type, read, write, truncate: false, create: 'no' });
}

function rulesOf(paths: ReturnType<typeof infer>['paths']): Record<string, string> {
  return Object.fromEntries(paths.map(({ path, access }) => [path, formatAccess('fs', access)]));
}

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foldCurve } from '../../inference/curve.js';
import { dearnessOf, noExtents } from '../../inference/folding.js';
import { infer } from '../../inference/infer.js';
import { observe } from '../../inference/observe.js';
import { Settler } from '../../inference/settle.js';
import type { FileType } from '../../landlock/operation.js';
import { extentsOn } from './disk.js';
import { record } from './random-program.js';

const curve = suite('the curve from exact to broad');
const abi = 7;

/** Three directories in one: of the first nearly all files are read, of the others fewer and fewer. */
const disk = new Map<string, FileType>([['/srv/data', 'directory']]);
for (const [name, files] of [
  ['full', 10],
  ['half', 20],
  ['sparse', 400],
] as const) {
  disk.set(`/srv/data/${name}`, 'directory');
  for (let file = 0; file < files; file++) disk.set(`/srv/data/${name}/${file}`, 'regular');
}
const run = {
  operations: ['full', 'half', 'sparse'].flatMap((name) =>
    Array.from({ length: 9 }, (_, file) =>
      record({
        ...{ kind: 'open', path: `/srv/data/${name}/${file}`, type: 'regular' },
        ...{ read: true, write: false, truncate: false, create: 'no' },
      }),
    ),
  ),
  objects: [],
  environment: {},
};
const extents = extentsOn(disk);

curve('folds first where little is opened', () => {
  assert.equal(
    points().map(({ rules, widening }) => [rules, Math.round(widening * 10) / 10]),
    [
      [27, 0],
      // Two things, a future one among them, of which a seventh counts since nine of ten were read.
      [19, 0.3],
      [11, 7],
      [1, 389.5],
    ],
  );
});

curve('has at each point what inference gives for its price', () => {
  for (const { dearness, rules } of points()) {
    const { paths } = infer([run], abi, { dearness, maxRules: undefined, extents });
    assert.is(paths.length, rules);
  }
});

curve('is followed until there are no more rules than asked for', () => {
  const rulesFor = (maxRules: number) =>
    infer([run], abi, { dearness: dearnessOf.exact, maxRules, extents }).paths.length;
  assert.equal([27, 26, 19, 18, 11, 10, 1].map(rulesFor), [27, 19, 19, 11, 11, 1, 1]);
});

curve('is not left for more rules where fewer are allowed anyway', () => {
  const { paths } = infer([run], abi, { dearness: dearnessOf.balanced, maxRules: 25, extents });
  assert.is(paths.length, 11);
});

curve('tells where there cannot be so few', () => {
  const { paths, findings } = infer([run], abi, {
    dearness: dearnessOf.exact,
    maxRules: 3,
    extents: noExtents,
  });
  assert.is(paths.length, 27);
  assert.match(findings[0]?.sentence ?? '', /^there are 27 rules, and not 3 as asked/);
});

curve('is a single point where nothing can be folded', () => {
  const settler = new Settler(observe([run], abi), noExtents);
  assert.equal(
    foldCurve((dearness) => settler.at(dearness)),
    [{ dearness: Number.POSITIVE_INFINITY, rules: 27, widening: 0 }],
  );
});

curve.run();

function points() {
  const settler = new Settler(observe([run], abi), extents);
  return foldCurve((dearness) => settler.at(dearness));
}

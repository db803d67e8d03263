import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { infer } from '../../inference/infer.js';
import { RunMerger } from '../../inference/merge-runs.js';
import type { Run } from '../../inference/run.js';
import { Random } from '../support/random.js';
import { randomProgram, record } from './random-program.js';

const merging = suite('putting runs together');

merging('inference makes the same of them as of the runs, in any order', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const first = randomProgram(random, '/r', 6);
    const second = randomProgram(random, '/r', 6, first.after);
    const third = randomProgram(random, '/r', 6, second.after);
    const runs = [first, second, third].map(({ run }) => run);
    const apart = infer(runs, 7);
    assert.equal(infer(merged(runs), 7), apart, `seed ${seed}`);
    assert.equal(infer(merged([...runs].reverse()), 7), apart, `seed ${seed}, reversed`);
  }
});

merging('in how many of many runs a rule was needed is counted', () => {
  const runs = Array.from({ length: 100 }, (_, number) =>
    reading(number % 4 === 0 ? ['/srv/all', '/srv/some'] : ['/srv/all']),
  );
  const seen = infer(merged(runs), 7).paths.map((rule) => [rule.path, rule.seen]);
  assert.equal(seen, [
    ['/srv/all', { runs: 100, of: 100 }],
    ['/srv/some', { runs: 25, of: 100 }],
  ]);
  assert.equal(infer(merged(runs), 7), infer(runs, 7));
});

merging('runs in other homes keep their homes', () => {
  const runs = ['/home/b', '/home/a'].map((HOME) => ({
    ...reading([HOME]),
    environment: { HOME },
  }));
  assert.equal(infer(merged(runs), 7), infer(runs, 7));
});

merging('what every run did is kept once', () => {
  const [all] = merged(Array.from({ length: 50 }, () => reading(['/srv/a', '/srv/b'])));
  const operations = [...(all?.operations ?? [])];
  assert.is(operations.length, 2);
  assert.is(operations[0]?.count, 50);
  assert.is([...(all?.objects ?? [])].length, 2);
});

merging.run();

function merged(runs: readonly Run[]): readonly Run[] {
  const merger = new RunMerger();
  for (const run of runs) merger.add(run);
  return merger.merged();
}

function reading(paths: readonly string[]): Run {
  return {
    operations: paths.map((path) =>
      record({
        ...{ kind: 'open', path, type: 'regular', read: true, write: false },
        ...{ truncate: false, create: 'no' },
      }),
    ),
    objects: paths.map((path) => ({
      ...{ path, before: 'regular', after: 'regular', changed: false, mode: 0o644 },
    })),
    environment: {},
  };
}

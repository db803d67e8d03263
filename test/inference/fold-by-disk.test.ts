import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extentRequest } from '../../inference/extent-request.js';
import { dearnessOf, type FoldName } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import { observe } from '../../inference/observe.js';
import type { Run } from '../../inference/run.js';
import { fsAccess } from '../../landlock/access-set.js';
import { measureExtents } from '../../tracer/measure-extents.js';
import { inDirectory } from '../support/command.js';
import { record } from './random-program.js';

const folding = suite('folding by what is on the disk');
const abi = 7;

folding('folds where most was used, and tells what that opens', () =>
  inTree(named(20), ({ place, folded }) => {
    const [rule, ...others] = folded('balanced', named(15));
    assert.equal(others, []);
    assert.is(rule?.path, place);
    assert.is(rule?.access, fsAccess('read_file'));
    assert.equal(
      rule?.opens?.map(({ what, count }) => [what, count]),
      [['files', 5]],
    );
    assert.is(rule?.uses.length, 15);
  }),
);

folding('leaves apart what would open more than it spares', () =>
  inTree(named(400), ({ folded }) => {
    assert.is(folded('balanced', named(15)).length, 15);
    assert.is(folded('broad', named(15)).length, 1);
  }),
);

folding('folds nothing where it is to be exact', () =>
  inTree(named(3), ({ folded }) => assert.is(folded('exact', named(3)).length, 3)),
);

folding('counts what was used itself, however much that is', () =>
  inTree(named(300), ({ folded }) => {
    const [rule, ...others] = folded('balanced', named(299), { patience: 4 });
    assert.equal(others, []);
    assert.equal(
      rule?.opens?.map(({ what, count }) => [what, count]),
      [['files', 1]],
    );
  }),
);

folding('asks more for writing than for reading', () =>
  inTree(named(20), ({ folded }) => {
    assert.is(folded('balanced', named(15), { read: true, write: false }).length, 1);
    assert.is(folded('balanced', named(15), { read: false, write: true }).length, 1);
    assert.is(folded('balanced', named(7), { read: true, write: false }).length, 1);
    assert.is(folded('balanced', named(7), { read: false, write: true }).length, 7);
  }),
);

folding('keeps off what a secret lies beneath, wherever it lies', async () => {
  for (const secret of ['deep/.ssh/id_rsa', '.gnupg/secring', 'work/.env']) {
    await inTree([...named(20), secret], ({ folded }) => {
      assert.is(folded('broad', named(20)).length, 20, secret);
    });
  }
});

folding('keeps off what it could not count', () =>
  inTree([...named(20), 'shut/file'], ({ place, folded }) => {
    chmodSync(join(place, 'shut'), 0);
    // Root may list it all the same.
    const expected = process.getuid?.() === 0 ? 1 : 20;
    assert.is(folded('balanced', named(20)).length, expected);
    chmodSync(join(place, 'shut'), 0o755);
  }),
);

folding.run();

function named(count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `file-${number}`);
}

interface Scene {
  readonly place: string;
  readonly folded: (
    fold: FoldName,
    names: readonly string[],
    how?: { readonly read?: boolean; readonly write?: boolean; readonly patience?: number },
  ) => ReturnType<typeof conclude>['paths'];
}

function inTree(files: readonly string[], act: (scene: Scene) => void): Promise<void> {
  return inDirectory((directory) => {
    const place = join(directory, 'place');
    for (const name of files) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), '');
    }
    const folded: Scene['folded'] = (fold, names, how = {}) => {
      const { read = true, write = false, patience: objects = 10_000 } = how;
      const run: Run = {
        operations: names.map((name) =>
          record({
            ...{ kind: 'open', path: join(place, name), type: 'regular', read, write },
            ...{ truncate: false, create: 'no' },
          }),
        ),
        objects: [],
        environment: {},
      };
      const observed = observe([run], abi);
      const dearness = dearnessOf[fold];
      const patience = { objects, milliseconds: 60_000, forMet: 0 };
      const extents = measureExtents(extentRequest(observed, dearness), patience);
      return conclude(observed, { dearness, maxRules: undefined, extents }).paths;
    };
    act({ place, folded });
  });
}

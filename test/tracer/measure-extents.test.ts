import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fsAccess } from '../../landlock/access-set.js';
import type { Extents } from '../../tracer/extent.js';
import { measureExtents } from '../../tracer/measure-extents.js';
import { inDirectory } from '../support/command.js';

const measuring = suite('counting what lies beneath directories');
const patience = { objects: 1000, milliseconds: 60_000, forMet: 0 };

measuring('counts files and directories, itself included, and follows no symlink', () =>
  inTree(({ root, measured }) => {
    symlinkSync('/', join(root, 'a/link'));
    const extents = measured([root, join(root, 'a')]);
    assert.equal(numbers(extents, root), { files: 5, directories: 4 });
    assert.equal(numbers(extents, join(root, 'a')), { files: 3, directories: 2 });
    assert.equal(extents.cut, []);
  }),
);

measuring('counts as programs what somebody may execute', () =>
  inTree(({ root, measured }) => {
    writeFileSync(join(root, 'a/program'), '', { mode: 0o700 });
    writeFileSync(join(root, 'program'), '', { mode: 0o711 });
    symlinkSync('program', join(root, 'a/link'));
    const extents = measured([root, join(root, 'a')]);
    const programsIn = (path: string) => [...(extents.of.get(path)?.programs.values() ?? [])];
    assert.equal(programsIn(join(root, 'a')), [1]);
    assert.equal(programsIn(root), [2]);
  }),
);

measuring('keeps the kinds of places apart', () =>
  inTree(({ root, measured }) => {
    const extents = measured([root], { zoneOf: (path) => (path.includes('/a') ? 'one' : 'two') });
    const extent = extents.of.get(root);
    assert.equal([...(extent?.files ?? [])].sort(), [
      ['one', 3],
      ['two', 2],
    ]);
    assert.equal([...(extent?.directories ?? [])].sort(), [
      ['one', 2],
      ['two', 2],
    ]);
  }),
);

measuring('notes what closes a directory, for all that it lies beneath', () =>
  inTree(({ root, measured }) => {
    const closedFor = (path: string) =>
      path.endsWith('/deep') ? fsAccess('read_file') : fsAccess();
    const extents = measured([root, join(root, 'a'), join(root, 'b')], { closedFor });
    assert.is(extents.of.get(root)?.closed, fsAccess('read_file'));
    assert.is(extents.of.get(join(root, 'a'))?.closed, fsAccess('read_file'));
    assert.is(extents.of.get(join(root, 'b'))?.closed, fsAccess());
  }),
);

measuring('gives up beyond the limit, and asks for it when all beneath is counted', () =>
  inTree(({ root, measured }) => {
    const asked: string[] = [];
    const extents = measured([root, join(root, 'a'), join(root, 'b')], {
      limitOf: (path, counted) => {
        asked.push(path);
        if (path === root) assert.equal([...counted.keys()].length, 2);
        return path === root ? 8 : 100;
      },
    });
    assert.equal(asked, [join(root, 'a'), join(root, 'b'), root]);
    assert.not.ok(extents.of.has(root));
    assert.ok(extents.of.has(join(root, 'a')));
    assert.equal(extents.cut, [], 'that is no matter of time');
  }),
);

measuring('says what took too long', () =>
  inTree(({ root }) => {
    const request = { directories: [root, join(root, 'b')], ...everything };
    for (const short of [
      { ...patience, milliseconds: -1 },
      { ...patience, objects: 0 },
    ]) {
      const extents = measureExtents(request, short);
      assert.is(extents.of.size, 0);
      assert.equal(extents.cut, request.directories);
    }
    const extents = measureExtents(request, { ...patience, objects: 7 });
    assert.equal([...extents.of.keys()], [join(root, 'b')]);
    assert.equal(extents.cut, [root]);
  }),
);

measuring('counts in what the runs met, and loses no patience over it', () =>
  inTree(({ root }) => {
    const met = new Set(['', '/a', '/a/deep', '/b', '/a/1', '/a/2', '/a/deep/3', '/b/4']);
    const isMet = (path: string) => met.has(path.slice(root.length));
    const request = { directories: [root], ...everything, isMet, limitOf: () => 1 };
    const extents = measureExtents(request, { ...patience, objects: 4 });
    assert.equal(numbers(extents, root), { files: 5, directories: 4 });
    assert.is(extents.of.get(root)?.unmet, 1, 'the file 5');
    const strangers = measureExtents({ ...request, isMet: () => false }, patience);
    assert.is(strangers.of.size, 0);
    assert.equal(strangers.cut, [], 'there are more than its limit');
  }),
);

measuring('takes more time over what the runs met', () =>
  inTree(({ root }) => {
    const slowly = { ...patience, milliseconds: 30, forMet: 10_000 };
    const zoneOf = () => {
      for (const end = performance.now() + 20; performance.now() < end; );
      return 'here';
    };
    const request = { ...everything, directories: [root], zoneOf };
    assert.equal(measureExtents(request, slowly).cut, [root]);
    const extents = measureExtents({ ...request, isMet: () => true }, slowly);
    assert.equal(numbers(extents, root), { files: 5, directories: 4 });
  }),
);

measuring('counts every file as a program where nobody asks which are', () =>
  inTree(({ root, measured }) => {
    writeFileSync(join(root, 'a/program'), '', { mode: 0o700 });
    const inA = join(root, 'a');
    const extents = measured([inA, root], { countsPrograms: (path) => path === inA });
    assert.equal([...(extents.of.get(inA)?.programs.values() ?? [])], [1]);
    assert.equal(extents.of.get(root)?.programs, extents.of.get(root)?.files);
  }),
);

measuring('counts nothing where there is nothing, or no directory', () =>
  inTree(({ root, measured }) => {
    const extents = measured([join(root, 'gone'), join(root, 'a/1')]);
    assert.is(extents.of.size, 0);
    assert.equal(extents.cut, []);
  }),
);

measuring('does not tell of a directory of which a part is gone', () =>
  inTree(({ root, measured }) => {
    mkdirSync(join(root, 'short-lived'));
    const extents = measured([root], {
      closedFor: (path) => {
        if (path.endsWith('/short-lived')) rmdirSync(path);
        return fsAccess();
      },
    });
    assert.is(extents.of.size, 0);
  }),
);

measuring.run();

const everything = {
  countsPrograms: () => true,
  isMet: () => false,
  zoneOf: () => 'here',
  closedFor: () => fsAccess(),
  limitOf: () => Number.POSITIVE_INFINITY,
};

interface Scene {
  readonly root: string;
  readonly measured: (
    directories: readonly string[],
    how?: Partial<Parameters<typeof measureExtents>[0]>,
  ) => Extents;
}

/** Four directories with five files. */
function inTree(act: (scene: Scene) => void): void | Promise<void> {
  return inDirectory((directory) => {
    const root = join(directory, 'tree');
    for (const name of ['a/deep', 'b']) mkdirSync(join(root, name), { recursive: true });
    for (const name of ['a/1', 'a/2', 'a/deep/3', 'b/4', '5']) writeFileSync(join(root, name), '');
    const measured: Scene['measured'] = (directories, how) =>
      measureExtents({ directories, ...everything, ...how }, patience);
    act({ root, measured });
  });
}

function numbers({ of }: Extents, path: string) {
  const sum = (counts: ReadonlyMap<string, number> | undefined) =>
    [...(counts?.values() ?? [])].reduce((one, other) => one + other, 0);
  return { files: sum(of.get(path)?.files), directories: sum(of.get(path)?.directories) };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RememberedExtents } from '../../cli/live/remembered-extents.js';
import { fsAccess } from '../../landlock/access-set.js';
import type { ExtentRequest } from '../../tracer/extent.js';
import { measureExtents } from '../../tracer/measure-extents.js';
import { inDirectory } from '../support/command.js';

const remembering = suite('remembering what was counted');
const patience = { objects: 1000, milliseconds: 5000, forMet: 0 };

remembering('says what counting says, and counts nothing twice until it forgets', () =>
  inDirectory((directory) => {
    mkdirSync(join(directory, 'a/b'), { recursive: true });
    for (const name of ['one', 'a/two', 'a/b/three']) writeFileSync(join(directory, name), '');
    const paths = [directory, join(directory, 'a'), join(directory, 'a/b')];
    const extents = new RememberedExtents();
    const inner = extents.measure(requestFor(paths.slice(1)), patience);
    assert.equal(inner, measureExtents(requestFor(paths.slice(1)), patience));
    const both = extents.measure(requestFor(paths), patience);
    assert.equal(both.of, measureExtents(requestFor(paths), patience).of);
    writeFileSync(join(directory, 'a/four'), '');
    assert.equal(extents.measure(requestFor(paths), patience), both);
    extents.forget();
    const anew = extents.measure(requestFor(paths), patience);
    assert.equal(anew, measureExtents(requestFor(paths), patience));
    assert.not.equal(anew, both);
  }),
);

remembering('counts again where programs are asked for that were not', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'plain'), '');
    const extents = new RememberedExtents();
    extents.measure(requestFor([directory]), patience);
    const asked = { ...requestFor([directory]), countsPrograms: () => true };
    assert.equal(extents.measure(asked, patience), measureExtents(asked, patience));
  }),
);

remembering.run();

function requestFor(directories: readonly string[]): ExtentRequest {
  return {
    directories,
    limitOf: () => Number.POSITIVE_INFINITY,
    countsPrograms: () => false,
    isMet: () => false,
    zoneOf: () => 'system',
    closedFor: () => fsAccess(),
  };
}

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  commonHierarchy,
  comparePaths,
  hierarchiesOf,
  isBeneath,
  parentOf,
} from '../../landlock/hierarchy.js';
import { Random } from '../support/random.js';

const hierarchy = suite('hierarchies');

hierarchy('lead from the leaf to the root', () => {
  assert.equal([...hierarchiesOf('/a/b')], ['/a/b', '/a', '/']);
  assert.equal([...hierarchiesOf('/')], ['/']);
  assert.is(parentOf('/a'), '/');
  assert.is(parentOf('/'), '/');
});

hierarchy('are not told by the beginning of a name', () => {
  assert.ok(isBeneath('/a/b', '/a'));
  assert.ok(isBeneath('/a', '/a'));
  assert.ok(isBeneath('/a', '/'));
  assert.not.ok(isBeneath('/ab', '/a'));
  assert.not.ok(isBeneath('/a', '/a/b'));
});

hierarchy('of a path are just those that it lies beneath', () => {
  const paths = somePaths();
  for (const path of paths) {
    const above = new Set(hierarchiesOf(path));
    for (const other of paths) assert.is(isBeneath(path, other), above.has(other));
  }
});

hierarchy('have a common one that both lie beneath, and none lower', () => {
  const paths = somePaths();
  for (const [at, one] of paths.entries()) {
    const other = paths[paths.length - 1 - at] ?? '/';
    const common = commonHierarchy(one, other);
    assert.is(commonHierarchy(other, one), common);
    const shared = [...hierarchiesOf(one)].filter((path) => isBeneath(other, path));
    assert.is(shared[0], common);
  }
});

hierarchy('are in one order, whichever way they are compared', () => {
  const paths = somePaths();
  for (const one of paths) {
    for (const other of paths) {
      const order = Math.sign(comparePaths(one, other));
      assert.is(order, -Math.sign(comparePaths(other, one)) || 0);
      assert.is(order === 0, one === other);
    }
  }
  const sorted = paths.toSorted(comparePaths);
  for (let seed = 0; seed < 20; seed++) {
    assert.equal(shuffled(paths, new Random(seed)).toSorted(comparePaths), sorted);
  }
});

hierarchy('come before what they hold, and what they hold comes together', () => {
  const sorted = somePaths().toSorted(comparePaths);
  for (const path of sorted) {
    const inside = sorted.map((other) => isBeneath(other, path));
    assert.is(inside.indexOf(true), sorted.indexOf(path));
    assert.is(inside.lastIndexOf(true) - inside.indexOf(true) + 1, inside.filter(Boolean).length);
  }
  assert.equal(['/a.b', '/a/c', '/a'].toSorted(comparePaths), ['/a', '/a/c', '/a.b']);
});

hierarchy.run();

/** Distinct paths with names that are each other's beginnings, and that sort around the slash. */
function somePaths(): readonly string[] {
  const random = new Random(2);
  const names = ['a', 'ab', 'a.b', 'a-b', 'a0', '#', 'é', '\udcff', '𐏓', '[pid]'];
  const paths = new Set(['/']);
  while (paths.size < 60) {
    const depth = 1 + random.below(4);
    paths.add(Array.from({ length: depth }, () => `/${random.pick(names)}`).join(''));
  }
  return [...paths];
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, key: random.fraction() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

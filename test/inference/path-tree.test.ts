import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { liesIn, PathTree } from '../../inference/path-tree.js';
import { comparePaths, isBeneath, parentOf } from '../../landlock/hierarchy.js';
import { Random } from '../support/random.js';

const trees = suite('a tree of paths');

trees('has each path once, with what is above it', () => {
  const tree = new PathTree();
  const node = tree.at('/a/b/c');
  assert.is(tree.at('/a/b/c'), node);
  assert.is(node.parent, tree.at('/a/b'));
  assert.is(tree.at('/a').parent, tree.root);
  assert.is(tree.at('/'), tree.root);
  assert.is(tree.root.parent, undefined);
});

trees('finds what it has, and nothing else', () => {
  const tree = new PathTree();
  const paths = somePaths(1);
  for (const path of paths) tree.at(path);
  for (const path of paths) assert.is(tree.find(path), tree.at(path));
  assert.is(tree.find('/'), tree.root);
  assert.is(tree.find('/none'), undefined);
  assert.is(tree.find('/none/below'), undefined);
  assert.is(tree.find(`${paths[0]}/none`), undefined);
});

trees('is in the order of its paths once sorted', () => {
  for (let seed = 0; seed < 20; seed++) {
    const tree = new PathTree();
    for (const path of somePaths(seed)) tree.at(path);
    const sorted = tree.sort();
    assert.equal(
      sorted.map(({ path }) => path),
      sorted.map(({ path }) => path).sort(comparePaths),
    );
    assert.equal(
      sorted.map(({ order }) => order),
      [...sorted.keys()],
    );
    for (const one of sorted.slice(0, 30)) {
      assert.is(one.path === '/' ? undefined : parentOf(one.path), one.parent?.path);
      for (const other of sorted) {
        assert.is(liesIn(other, one), isBeneath(other.path, one.path), `${other.path} ${one.path}`);
      }
    }
  }
});

trees.run();

/** Of some directories there are many names, of others few. */
function somePaths(seed: number): readonly string[] {
  const random = new Random(seed);
  const paths = new Set<string>();
  for (let left = 300; left > 0; left--) {
    let path = '';
    for (let depth = 1 + random.below(4); depth > 0; depth--) {
      path += `/${random.pick(['a', 'b', 'a b', 'a!', 'ab', `${random.below(60)}`])}`;
    }
    paths.add(path);
  }
  return [...paths];
}

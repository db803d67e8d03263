import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dropCovered, type Grant } from '../../inference/cover.js';
import { fold } from '../../inference/fold.js';
import { type FoldNode, foldTree } from '../../inference/fold-tree.js';
import { PathTree } from '../../inference/path-tree.js';
import { priceOf, rulePrice, whatOpens, zoneOf } from '../../inference/prices.js';
import { putPrices } from '../../inference/pricing.js';
import { type FsAccess, fsAccess, intersection, union } from '../../landlock/access-set.js';
import { isBeneath, parentOf } from '../../landlock/hierarchy.js';
import { Random } from '../support/random.js';
import { type Disk, extentsOn } from './disk.js';

const folding = suite('folding');

/** A disk, what is needed on it, and what may not be folded onto. */
interface Example {
  readonly seed: number;
  readonly disk: Disk;
  readonly needs: ReadonlyMap<string, FsAccess>;
  readonly shut: ReadonlySet<string>;
}

const small = Array.from({ length: 400 }, (_, seed) => exampleOf(seed, 7, 2));
const larger = Array.from({ length: 200 }, (_, seed) => exampleOf(seed, 40, 6));
const dearnesses = [10, 1, 0.1, 0.001];

folding('costs what the cheapest of all rulesets costs', () => {
  let folded = 0;
  for (const example of small) {
    for (const dearness of dearnesses) {
      const { grants, rules, widening } = folded_(example, dearness);
      const found = costOf(example, asMap(grants), dearness);
      assert.is(rules, grants.length);
      near(found, rules * rulePrice + widening * dearness, `seed ${example.seed}: priced wrongly`);
      near(found, cheapest(example, dearness), `seed ${example.seed} at ${dearness}`);
      if (grants.length < exactOf(example).length) folded += 1;
    }
  }
  assert.ok(folded > small.length / 4, `only ${folded} were folded at all`);
});

folding('lets files be cut to length where they may be written anyway', () => {
  const top = '/srv/x';
  const disk: Disk = new Map([
    [top, 'directory'],
    ...['a', 'b', 'c', 'd'].map((name) => [`${top}/in/${name}`, 'regular'] as const),
    [`${top}/in`, 'directory'],
    [`${top}/other`, 'regular'],
  ]);
  const cut = fsAccess('truncate');
  const files: readonly (readonly [string, FsAccess])[] = [
    [`${top}/in/a`, cut],
    [`${top}/in/b`, cut],
  ];
  const example = { seed: 0, disk, shut: new Set([top]) };
  const alone = folded_({ ...example, needs: new Map(files) }, 1).grants;
  assert.equal([...asMap(alone)], files);
  // The right to write comes from above, onto which nothing is folded.
  const write = fsAccess('write_file');
  const beside = folded_({ ...example, needs: new Map([[top, write], ...files]) }, 1).grants;
  assert.equal(
    [...asMap(beside)],
    [
      [top, write],
      [`${top}/in`, cut],
    ],
  );
});

folding('costs the less the more of a directory was used', () => {
  const top = '/srv/x';
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const foldedWith = (used: number, there: number) => {
    const files = names.slice(0, there).map((name) => [`${top}/${name}`, 'regular'] as const);
    const needs = new Map(files.slice(0, used).map(([path]) => [path, fsAccess('write_file')]));
    const disk: Disk = new Map([[top, 'directory'], ...files]);
    return folded_({ seed: 0, disk, needs, shut: new Set() }, 1).rules === 1;
  };
  assert.equal(
    [2, 3, 4, 5].map((there) => foldedWith(2, there)),
    [true, true, false, false],
  );
  assert.equal(
    [3, 4, 5, 6].map((there) => foldedWith(3, there)),
    [true, true, true, false],
  );
});

folding('prices a directory no lower than any beneath it', () => {
  let compared = 0;
  for (const example of [...small, ...larger]) {
    const compare = (fold: FoldNode, above: readonly (readonly number[])[]) => {
      const { prices, needed, below } = fold;
      for (const other of above) {
        for (const [bit, price] of other.entries()) {
          const own = prices?.[bit] ?? Number.POSITIVE_INFINITY;
          if (own === Number.POSITIVE_INFINITY || (needed & (1 << bit)) !== 0) continue;
          compared += 1;
          assert.ok(price >= own - 1e-6, `seed ${example.seed}: ${fold.node.path}`);
        }
      }
      for (const child of below) compare(child, prices === undefined ? above : [...above, prices]);
    };
    compare(pricedTree(example), []);
  }
  assert.ok(compared > 300, `only ${compared} were compared`);
});

folding('gives all that is needed, and no right twice or for nothing', () => {
  for (const example of larger) {
    for (const dearness of dearnesses) {
      const granted = asMap(folded_(example, dearness).grants);
      for (const [path, access] of example.needs) {
        assert.is(intersection(grantedAt(granted, path), access), access, path);
      }
      for (const [path, access] of granted) {
        const above = grantedAbove(granted, path);
        for (const bit of bitsOf(access)) {
          const right = (1 << bit) as FsAccess;
          assert.is(intersection(above, right), 0, `${path} is given a right twice`);
          const serves = [...example.needs].some(
            ([needed, of]) => isBeneath(needed, path) && (of & right) !== 0,
          );
          assert.ok(serves, `${path} is given a right for nothing`);
        }
      }
    }
  }
});

folding('leaves what it has folded as it is', () => {
  for (const example of larger) {
    for (const dearness of dearnesses) {
      const granted = asMap(folded_(example, dearness).grants);
      const again = asMap(folded_({ ...example, needs: granted }, dearness).grants);
      assert.equal([...again], [...granted], `seed ${example.seed} at ${dearness}`);
    }
  }
});

folding('never grants on a shut place what is not needed there', () => {
  for (const example of larger) {
    const granted = asMap(folded_(example, 0.0001).grants);
    for (const path of example.shut) {
      const beyond = (granted.get(path) ?? 0) & ~(example.needs.get(path) ?? 0);
      assert.is(beyond, 0, path);
    }
  }
});

folding('opens more the less that costs, for fewer rules', () => {
  for (const example of larger) {
    let last = { rules: exactOf(example).length, widening: 0 };
    for (const dearness of dearnesses) {
      const { rules, widening } = folded_(example, dearness);
      assert.ok(rules <= last.rules && widening >= last.widening - 1e-6);
      last = { rules, widening };
    }
  }
});

folding('is not put off by many rights on many paths', () => {
  const example = exampleOf(1, 3000, 14);
  const start = performance.now();
  const { grants } = folded_(example, 0.1);
  assert.ok(performance.now() - start < 20_000);
  for (const [path, access] of example.needs) {
    assert.is(intersection(grantedAt(asMap(grants), path), access), access, path);
  }
});

folding.run();

function exampleOf(seed: number, paths: number, kinds: number): Example {
  const random = new Random(seed);
  const top = random.pick(['/usr/share/x', '/srv/x', '/etc/x', '/home/x/node_modules']);
  const disk: [string, 'directory' | 'regular'][] = [[top, 'directory']];
  while (disk.length < paths) {
    const directories = disk.filter(([, type]) => type === 'directory');
    const [directory] = random.pick(directories.slice(-Math.max(4, paths / 20)));
    const type = random.chance(0.4) ? 'directory' : 'regular';
    disk.push([`${directory}/${type[0]}${disk.length}`, type]);
    // Neighbours that nobody uses.
    const crowd = random.pick([0, 0, 1, 3, 30]);
    if (type === 'directory' && paths > 10) {
      for (let left = crowd; left > 0; left--) {
        disk.push([`${disk.at(-1)?.[0] ?? directory}n`.replace(/n+$/, `/n${left}`), 'regular']);
      }
    }
  }
  const all = ['read_file', 'write_file', 'read_dir', 'execute', 'truncate', 'make_reg'] as const;
  const more = ['remove_file', 'make_dir', 'remove_dir', 'refer', 'make_sym', 'ioctl_dev'] as const;
  const names = [...all, ...more, 'make_fifo', 'make_sock'] as const;
  const from = random.below(names.length);
  const next = Array.from(
    { length: kinds },
    (_, at) => names[(from + at) % names.length] ?? 'refer',
  );
  // Of these one changes what the other costs.
  const rights = seed % 4 === 0 ? (['write_file', 'truncate'] as const) : next;
  const needs = new Map<string, FsAccess>();
  for (const [path, type] of disk) {
    if (path.includes('/n') || random.chance(0.35)) continue;
    const some = rights.filter((right) => random.chance(0.6) && fits(fsAccess(right), type));
    if (some.length > 0) needs.set(path, fsAccess(...some));
  }
  const shut = disk.filter(([, type]) => type === 'directory' && random.chance(0.1));
  return { seed, disk: new Map(disk), needs, shut: new Set(shut.map(([path]) => path)) };
}

function fits(access: FsAccess, type: string): boolean {
  return type === 'directory' || [...bitsOf(access)].every(opensFiles);
}

function opensFiles(bit: number): boolean {
  return whatOpens(bit) !== 'directories';
}

function exactOf({ disk, needs }: Example): readonly Grant[] {
  const tree = new PathTree();
  const nodes = [...needs].map(([path, access]) => ({ node: tree.at(path), access }));
  tree.sort();
  const grants = nodes
    .map(({ node, access }) => ({ node, access, directory: disk.get(node.path) === 'directory' }))
    .sort((one, other) => one.node.order - other.node.order);
  return dropCovered(grants);
}

function folded_(example: Example, dearness: number) {
  return fold(pricedTree(example), dearness);
}

function pricedTree(example: Example): FoldNode {
  const grants = exactOf(example);
  let root = grants[0]?.node ?? new PathTree().root;
  while (root.parent !== undefined) root = root.parent;
  const tree = foldTree(grants, root);
  const extents = extentsOn(example.disk);
  putPrices(tree, extents, ({ path }, access) => (example.shut.has(path) ? fsAccess() : access));
  return tree;
}

function asMap(grants: readonly Grant[]): ReadonlyMap<string, FsAccess> {
  return new Map(grants.map(({ node, access }) => [node.path, access]));
}

/** The cost of the cheapest of all ways to put the needed rights on the paths that there are. */
function cheapest(example: Example, dearness: number): number {
  const { disk, needs, shut } = example;
  const all = [...needs.values()].reduce(union, fsAccess());
  const places: { path: string; right: FsAccess }[] = [];
  for (const [path, type] of disk) {
    for (const bit of bitsOf(all)) {
      const right = (1 << bit) as FsAccess;
      if (type !== 'directory' && !opensFiles(bit)) continue;
      const isNeeded = ((needs.get(path) ?? 0) & right) !== 0;
      if (isNeeded || (type === 'directory' && !shut.has(path))) places.push({ path, right });
    }
  }
  let best = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 2 ** places.length; choice++) {
    const granted = new Map<string, FsAccess>();
    for (const [at, { path, right }] of places.entries()) {
      if ((choice & (1 << at)) === 0) continue;
      granted.set(path, union(granted.get(path) ?? fsAccess(), right));
    }
    if (granted.size * rulePrice >= best) continue;
    const serves = [...needs].every(
      ([path, access]) => (grantedAt(granted, path) & access) === access,
    );
    if (serves) best = Math.min(best, costOf(example, granted, dearness));
  }
  return best;
}

/** What a ruleset costs, by looking at each thing that there is on the disk. */
function costOf(
  example: Example,
  granted: ReadonlyMap<string, FsAccess>,
  dearness: number,
): number {
  const { disk, needs } = example;
  const parts = partsOf(example);
  let widening = 0;
  for (const [path, access] of granted) {
    for (const bit of bitsOf(access & ~grantedAbove(granted, path))) {
      const right = (1 << bit) as FsAccess;
      if (((needs.get(path) ?? 0) & right) !== 0) continue;
      const cheapened = isCheapened(right, grantedAt(granted, path)) ? 0.01 : 1;
      const rest = (part: string | undefined) =>
        part === undefined ? 1 : 1 - shareUsed(example, parts, part, bit);
      const within = [...parts].filter((part) => isBeneath(part, path));
      const coming = [
        priceOf(bit, zoneOf(path)) * rest(partAt(parts, path)),
        ...within.map((part) => priceOf(bit, zoneOf(part)) * rest(part)),
      ];
      widening += cheapened * Math.max(...coming);
      for (const [thing, type] of disk) {
        if (!isBeneath(thing, path) || opensFiles(bit) !== (type !== 'directory')) continue;
        if ((grantedAt(needs, thing) & right) !== 0) continue;
        widening += cheapened * priceOfThing(thing, type, bit) * rest(partAt(parts, thing));
      }
    }
  }
  return granted.size * rulePrice + widening * dearness;
}

/** The directories that are looked at one by one: those with a need, and where needs part. */
function partsOf(example: Example): ReadonlySet<string> {
  const needed = exactOf(example).map(({ node }) => node.path);
  return new Set(
    [...example.disk]
      .filter(([, type]) => type === 'directory')
      .map(([path]) => path)
      .filter((path) => {
        const next = needed
          .filter((one) => one !== path && isBeneath(one, path))
          .map((one) => one.slice(path.length + 1).split('/')[0]);
        return needed.includes(path) || new Set(next).size > 1;
      }),
  );
}

function partAt(parts: ReadonlySet<string>, path: string): string | undefined {
  for (let at = path; at !== '/'; at = parentOf(at)) if (parts.has(at)) return at;
  return undefined;
}

/** How much of what lies in a directory, and in none of the parts beneath, was used. */
function shareUsed(
  example: Example,
  parts: ReadonlySet<string>,
  part: string,
  bit: number,
): number {
  let there = priceOf(bit, zoneOf(part)) / 2;
  let used = 0;
  for (const [thing, type] of example.disk) {
    if (opensFiles(bit) !== (type !== 'directory') || partAt(parts, thing) !== part) continue;
    there += priceOfThing(thing, type, bit);
    const isUsed = exactOf(example).some(
      ({ node, access }) => node.path === thing && (access & (1 << bit)) !== 0,
    );
    if (type !== 'directory' && isUsed) used += priceOfThing(thing, type, bit);
  }
  return used / there;
}

function priceOfThing(thing: string, type: string, bit: number): number {
  return priceOf(bit, zoneOf(type === 'directory' ? thing : parentOf(thing)));
}

/** Whoever may write a file can spoil it all. */
function isCheapened(right: FsAccess, granted: FsAccess): boolean {
  return right === fsAccess('truncate') && (granted & fsAccess('write_file')) !== 0;
}

function grantedAt(granted: ReadonlyMap<string, FsAccess>, path: string): FsAccess {
  let access = fsAccess();
  for (const [hierarchy, of] of granted) {
    if (isBeneath(path, hierarchy)) access = union(access, of);
  }
  return access;
}

function grantedAbove(granted: ReadonlyMap<string, FsAccess>, path: string): FsAccess {
  return path === '/' ? fsAccess() : grantedAt(granted, parentOf(path));
}

function* bitsOf(access: number): Generator<number> {
  for (let bit = 0; bit < 31; bit++) if ((access & (1 << bit)) !== 0) yield bit;
}

function near(one: number, other: number, message: string): void {
  assert.ok(Math.abs(one - other) < 1e-4, `${message}: ${one} and not ${other}`);
}

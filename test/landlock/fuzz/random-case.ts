import type { Random } from '../../support/random.js';
import { outlookOf } from '../laboratory/predict.js';
import type { Call, Scenario } from '../laboratory/scenario.js';
import { type Node, Tree } from '../laboratory/tree.js';
import { aimedLayer } from './aimed-layer.js';
import { type Ground, randomCall, randomChange } from './random-call.js';
import { randomHandling, randomLayer } from './random-layers.js';
import { namesIn, namesOf, randomTree } from './random-tree.js';

/** Cases for one domain on kernels of this ABI: what the layers handle is the same, all the rest is each one's own. */
export function randomCases(random: Random, count: number, abi: number): readonly Scenario[] {
  const handling = randomHandling(random, abi);
  return Array.from({ length: count }, () => {
    const tree = randomTree(random);
    const ground = groundOf(random, tree, handling.length, abi);
    const changed = new Tree(tree);
    const before = random.chance(0.35) ? changesBefore(ground, changed) : [];
    const call = arrangeable(ground, changed);
    const layers = handling.map((handled) =>
      random.chance(0.5)
        ? aimedLayer(random, handled, tree, call, abi)
        : randomLayer(random, handled, tree, abi),
    );
    return before.length === 0 ? { tree, layers, call } : { tree, layers, before, call };
  });
}

function groundOf(random: Random, tree: string, layers: number, abi: number): Ground {
  const names = namesIn(tree).filter((path) => path !== '.');
  return {
    random,
    names,
    directories: namesOf(tree, true, ({ type }) => type === 'directory'),
    devices: namesOf(tree, true, ({ type, dead }) => type === 'char-device' && !dead),
    programs: namesOf(tree, true, ({ program }) => program !== 'none'),
    files: namesOf(tree, false, ({ type }) => type === 'regular'),
    layers,
    abi,
  };
}

/** A call on what it is meant for, whose part outside the domain, such as opening, can be done. */
function arrangeable(ground: Ground, tree: Tree): Call {
  for (;;) {
    const call = randomCall(ground);
    if (linksMountRoot(call, tree)) continue;
    const opened = openedBefore.get(call[0]);
    if (opened === undefined) return call;
    const found = tree.find(String(call[1]), call[0] !== 'open-removed');
    if (typeof found === 'string' || found.node === undefined) continue;
    if (opened(found.node, tree)) return call;
  }
}

const openedBefore: ReadonlyMap<Call[0], (there: Node, tree: Tree) => boolean> = new Map([
  ['open-in', ({ type }) => type === 'directory'],
  ['open-again', () => true],
  ['open-removed', ({ type }) => type === 'regular'],
  // A handle leads to an inode: which of its names the kernel then judges is left to its cache.
  ['open-by-handle', (there, tree) => tree.pathsTo(there).length === 1],
  ['ftruncate-opened', ({ type }) => type === 'regular'],
  ['ioctl', ({ type }) => type === 'char-device'],
  ['ioctl-opened', ({ type, dead }) => type === 'char-device' && !dead],
  ['execute-opened', () => true],
  ['link-unnamed', ({ type }) => type === 'directory'],
  ['mount', ({ type }) => type === 'directory'],
  ['unmount', ({ type }) => type === 'directory'],
  ['remount', ({ type }) => type === 'directory'],
  ['move-mount', ({ type }) => type === 'directory'],
] satisfies readonly (readonly [Call[0], (there: Node, tree: Tree) => boolean])[]);

/** The kernel judges a mount's root by itself, not by what is above, and then refuses to link it. */
function linksMountRoot([name, path]: Call, tree: Tree): boolean {
  if (name !== 'link' && name !== 'link-followed') return false;
  const found = tree.find(String(path), name === 'link-followed');
  return typeof found !== 'string' && found.path !== '.' && tree.mountOf(found.path) === found.path;
}

/** Changes that succeed; what is mounted is mounted last, since names under it stand still then. */
function changesBefore(ground: Ground, tree: Tree): readonly Call[] {
  const { random } = ground;
  const calls: Call[] = [];
  for (let left = 1 + random.below(3); left > 0; left--) {
    const call = randomChange(ground);
    const { operations, end, effect } = outlookOf(tree, call);
    if (end !== 'ok' || operations.length === 0) continue;
    effect?.();
    calls.push(call);
  }
  if (random.chance(0.3)) calls.push(...mounting(ground, tree));
  return calls;
}

function mounting({ random, directories }: Ground, tree: Tree): readonly Call[] {
  const from = random.pick(directories);
  const to = random.pick(directories);
  const standing = [from, to].every((path) => tree.at(path)?.type === 'directory');
  if (!standing || to === '.' || from === to) return [];
  tree.mount(from, to);
  return [['bind-mount', from, to]];
}

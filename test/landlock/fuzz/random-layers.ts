import {
  accessNames,
  type FsAccess,
  fileAccess,
  intersection,
} from '../../../landlock/access-set.js';
import type { Random } from '../../support/random.js';
import { accessOf } from '../laboratory/ruleset.js';
import type { LayerSpec } from '../laboratory/scenario.js';
import { Tree } from '../laboratory/tree.js';
import { namesOf } from './random-tree.js';

/** What a layer handles: the part of it that all cases of a domain have in common. */
export type Handling = Required<Pick<LayerSpec, 'fs' | 'net' | 'scoped'>> &
  Pick<LayerSpec, 'ports'>;

/** One to four layers, at times more, and what each handles. */
export function randomHandling(random: Random): readonly Handling[] {
  const count = random.chance(0.02) ? 16 : random.pick([1, 1, 1, 1, 1, 2, 2, 3, 4]);
  return Array.from({ length: count }, () => {
    const fs = random.pick(['all', 'all', 'some', 'some', 'most', 'none']);
    const net = random.pick(['none', 'none', 'all', 'bind_tcp', 'connect_tcp']);
    const scoped = random.pick(['none', 'none', 'all', 'signal', 'abstract_unix_socket']);
    const handlesNothing = fs === 'none' && net === 'none' && scoped === 'none';
    return {
      fs: handlesNothing ? 'all' : handledFs(random, fs),
      net,
      scoped,
      ports: net === 'none' ? {} : randomPorts(random, net),
    };
  });
}

/** A layer that handles this, with rules for a tree; generous ones, so that much is allowed. */
export function randomLayer(random: Random, handling: Handling, tree: string): LayerSpec {
  const rules: Record<string, string> = {};
  const handled = accessOf('fs', handling.fs);
  const planted = new Tree(tree);
  const generosity = random.pick([0.5, 0.9, 0.97, 0.97, 1]);
  for (const path of rulePaths(random, tree)) {
    const found = planted.find(path, true);
    const directory = typeof found !== 'string' && found.node?.type === 'directory';
    const some = intersection(anyRights(random, generosity), handled);
    const rights = accessNames('fs', directory ? some : intersection(some, fileAccess));
    if (rights.length > 0) rules[path] = rights.join(' ');
  }
  return { ...handling, rules };
}

/** The ports of the laboratory: nobody listens on any. */
export const ports = [0, 1, 1000, 1001];

function rulePaths(random: Random, tree: string): readonly string[] {
  const candidates = namesOf(tree, true, () => true);
  const paths = new Set<string>();
  if (random.chance(0.35)) paths.add('.');
  for (let left = random.below(6); left > 0; left--) paths.add(random.pick(candidates));
  return [...paths];
}

function handledFs(random: Random, how: string): string {
  if (how === 'all' || how === 'none') return how;
  const names = accessNames('fs', anyRights(random, how === 'most' ? 0.85 : 0.5));
  return names.length === 0 ? 'all' : names.join(' ');
}

function randomPorts(random: Random, net: string): Readonly<Record<number, string>> {
  const chosen: Record<number, string> = {};
  for (const port of ports) {
    const rights = net === 'all' ? ['bind_tcp', 'connect_tcp'] : [net];
    const some = rights.filter(() => random.chance(0.5));
    if (some.length > 0) chosen[port] = some.join(' ');
  }
  return chosen;
}

function anyRights(random: Random, probability: number): FsAccess {
  let mask = 0;
  for (let bit = 0; bit < 16; bit++) if (random.chance(probability)) mask |= 1 << bit;
  return mask as FsAccess;
}

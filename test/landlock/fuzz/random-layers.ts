import {
  accessNames,
  allAccess,
  type FsAccess,
  fileAccess,
  intersection,
} from '../../../landlock/access-set.js';
import type { Random } from '../../support/random.js';
import { accessOf, isEnforceable } from '../laboratory/ruleset.js';
import type { LayerSpec } from '../laboratory/scenario.js';
import { Tree } from '../laboratory/tree.js';
import { namesOf } from './random-tree.js';

/** What a layer handles: the part of it that all cases of a domain have in common. */
export type Handling = Required<Pick<LayerSpec, 'fs' | 'net' | 'scoped'>> &
  Pick<LayerSpec, 'ports'>;

/** One to four layers, at times more, and what each handles: something that this ABI knows. */
export function randomHandling(random: Random, abi: number): readonly Handling[] {
  const count = random.chance(0.02) ? 16 : random.pick([1, 1, 1, 1, 1, 2, 2, 3, 4]);
  return Array.from({ length: count }, () => {
    const fs = random.pick(['all', 'all', 'some', 'some', 'most', 'none']);
    const net = random.pick(['none', 'none', 'all', 'bind_tcp', 'connect_tcp', ...udp(abi)]);
    const scoped = random.pick(['none', 'none', 'all', 'signal', 'abstract_unix_socket']);
    const handlesNothing = fs === 'none' && net === 'none' && scoped === 'none';
    const handling = {
      fs: handlesNothing ? 'all' : handledFs(random, fs, abi),
      net,
      scoped,
      ports: net === 'none' ? {} : randomPorts(random, net, abi),
    };
    return isEnforceable([handling], abi) ? handling : { ...handling, fs: 'all' };
  });
}

/** A layer that handles this, with rules for a tree; generous ones, so that much is allowed. */
export function randomLayer(
  random: Random,
  handling: Handling,
  tree: string,
  abi: number,
): LayerSpec {
  const rules: Record<string, string> = {};
  const handled = accessOf('fs', handling.fs, abi);
  const planted = new Tree(tree);
  const generosity = random.pick([0.5, 0.9, 0.97, 0.97, 1]);
  for (const path of rulePaths(random, tree)) {
    const found = planted.find(path, true);
    const directory = typeof found !== 'string' && found.node?.type === 'directory';
    const some = intersection(anyRights(random, generosity, abi), handled);
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

function handledFs(random: Random, how: string, abi: number): string {
  if (how === 'all' || how === 'none') return how;
  const names = accessNames('fs', anyRights(random, how === 'most' ? 0.85 : 0.5, abi));
  return names.length === 0 ? 'all' : names.join(' ');
}

function randomPorts(random: Random, net: string, abi: number): Readonly<Record<number, string>> {
  const chosen: Record<number, string> = {};
  for (const port of ports) {
    const rights = net === 'all' ? ['bind_tcp', 'connect_tcp', ...udp(abi)] : [net];
    const some = rights.filter(() => random.chance(0.5));
    if (some.length > 0) chosen[port] = some.join(' ');
  }
  return chosen;
}

function udp(abi: number): readonly string[] {
  return abi < 10 ? [] : ['bind_udp', 'connect_send_udp'];
}

/** Rights that this ABI does not know are drawn as well, so that a seed asks much the same of all. */
function anyRights(random: Random, probability: number, abi: number): FsAccess {
  let mask = 0;
  const bits = abi < 9 ? 16 : 17;
  for (let bit = 0; bit < bits; bit++) if (random.chance(probability)) mask |= 1 << bit;
  return intersection(mask as FsAccess, allAccess('fs', abi));
}

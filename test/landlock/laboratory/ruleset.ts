import type { AccessClass } from '../../../landlock/abi.js';
import {
  type AccessSet,
  accessSet,
  allAccess,
  intersection,
  type RightOf,
} from '../../../landlock/access-set.js';
import type { Ruleset } from '../../../landlock/ruleset.js';
import type { LayerSpec } from './scenario.js';

/** A layer's ruleset, as far as this ABI knows of it, its paths made absolute by `at`. */
export function rulesetOf(layer: LayerSpec, abi: number, at: (path: string) => string): Ruleset {
  const handledFs = accessOf('fs', layer.fs ?? 'all', abi);
  const handledNet = accessOf('net', layer.net ?? 'none', abi);
  return {
    handledFs,
    handledNet,
    scoped: accessOf('scope', layer.scoped ?? 'none', abi),
    paths: Object.entries(layer.rules ?? {}).map(([path, rights]) => ({
      path: at(path),
      access: intersection(accessOf('fs', rights, abi), handledFs),
    })),
    ports: Object.entries(layer.ports ?? {}).map(([port, rights]) => ({
      port: Number(port),
      access: intersection(accessOf('net', rights, abi), handledNet),
    })),
  };
}

/** Whether each layer handles something that this ABI knows: the kernel takes no other. */
export function isEnforceable(layers: readonly LayerSpec[], abi: number): boolean {
  return layers.every((layer) => {
    const { handledFs, handledNet, scoped } = rulesetOf(layer, abi, (path) => path);
    return handledFs + handledNet + scoped !== 0;
  });
}

/** The rights in words, names with spaces between, `all` or `none`, that this ABI knows. */
export function accessOf<Class extends AccessClass>(
  of: Class,
  words: string,
  abi: number,
): AccessSet<Class> {
  if (words === 'all') return allAccess(of, abi);
  const names = words.split(' ').filter((name) => name !== '' && name !== 'none');
  return intersection(accessSet(of, names as RightOf<Class>[]), allAccess(of, abi));
}

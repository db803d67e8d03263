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

/** The ABI of the kernels that the laboratory asks. */
export const laboratoryAbi = 7;

/** A layer's ruleset, its paths made absolute by `at`. */
export function rulesetOf(layer: LayerSpec, at: (path: string) => string): Ruleset {
  const handledFs = accessOf('fs', layer.fs ?? 'all');
  const handledNet = accessOf('net', layer.net ?? 'none');
  return {
    handledFs,
    handledNet,
    scoped: accessOf('scope', layer.scoped ?? 'none'),
    paths: Object.entries(layer.rules ?? {}).map(([path, rights]) => ({
      path: at(path),
      access: intersection(accessOf('fs', rights), handledFs),
    })),
    ports: Object.entries(layer.ports ?? {}).map(([port, rights]) => ({
      port: Number(port),
      access: intersection(accessOf('net', rights), handledNet),
    })),
  };
}

/** A set of rights in words: names with spaces between, `all` or `none`. */
export function accessOf<Class extends AccessClass>(of: Class, words: string): AccessSet<Class> {
  if (words === 'all') return allAccess(of, laboratoryAbi);
  const names = words.split(' ').filter((name) => name !== '' && name !== 'none');
  return accessSet(of, names as RightOf<Class>[]);
}

import {
  accessNames,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  isSubset,
  type NetAccess,
  union,
} from './access-set.js';
import { hierarchiesOf, parentOf } from './hierarchy.js';
import type { Operation } from './operation.js';
import { type Requirement, requiredAccess } from './required-access.js';
import type { Ruleset } from './ruleset.js';

/** The stack of rulesets that a process is restricted by; each can only tighten. */
export interface Domain {
  readonly abi: number;
  readonly layers: readonly Layer[];
}

/** A ruleset made ready for looking up. */
export interface Layer {
  readonly ruleset: Ruleset;
  readonly paths: ReadonlyMap<string, FsAccess>;
  readonly ports: ReadonlyMap<number, NetAccess>;
}

/** What the kernel answers, with the blockers of the youngest layer that denies. */
export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly layer: number;
      /** As the kernel's audit records spell them: `fs.read_file`, `net.connect_tcp`. */
      readonly blockers: readonly string[];
      readonly requirements: readonly Requirement[];
      readonly errno: 'EACCES' | 'EXDEV' | 'EPERM';
    };

/** The domain of these rulesets, the oldest first, on a kernel of this ABI. */
export function domainOf(abi: number, ...rulesets: readonly Ruleset[]): Domain {
  return { abi, layers: rulesets.map(layerOf) };
}

/** Whether a domain allows an operation, as the kernel would judge it. */
export function judge(domain: Domain, operation: Operation): Verdict {
  const requirements = requiredAccess(operation, domain.abi);
  const missing = domain.layers.map((layer) =>
    requirements
      .map((requirement) => missingOf(layer, requirement))
      .filter((requirement) => requirement !== null),
  );
  const layer = missing.findLastIndex((of) => of.length > 0);
  const blocking = missing[layer];
  if (blocking === undefined) return { allowed: true };
  return {
    allowed: false,
    layer,
    blockers: [...new Set(blocking.flatMap(blockersOf))],
    requirements: blocking,
    // The layers are asked together: a right that an older one lacks tells as well.
    errno: errnoOf(missing.flat()),
  };
}

/** The rights that a layer grants at a path: the union of the rules met from the leaf up. */
export function grantedAt(layer: Layer, path: string): FsAccess {
  let granted = fsAccess();
  for (const hierarchy of hierarchiesOf(path)) {
    const access = layer.paths.get(hierarchy);
    if (access !== undefined) granted = union(granted, access);
  }
  return granted;
}

function layerOf(ruleset: Ruleset): Layer {
  const paths = new Map<string, FsAccess>();
  for (const { path, access } of ruleset.paths) {
    paths.set(path, union(paths.get(path) ?? fsAccess(), access));
  }
  const ports = new Map<number, NetAccess>();
  for (const { port, access } of ruleset.ports) {
    ports.set(port, ((ports.get(port) ?? 0) | access) as NetAccess);
  }
  return { ruleset, paths, ports };
}

/** The part of a requirement that the layer does not grant; null when it grants all. */
function missingOf(layer: Layer, requirement: Requirement): Requirement | null {
  const { handledFs, handledNet, scoped } = layer.ruleset;
  switch (requirement.kind) {
    case 'path': {
      const handled = handledFs === 0 ? fsAccess() : union(handledFs, fsAccess('refer'));
      const asked = intersection(requirement.access, handled);
      const access = difference(asked, grantedAt(layer, requirement.path));
      return access === 0 ? null : { ...requirement, access };
    }
    case 'no-gain': {
      const among = intersection(requirement.among, handledFs);
      const atSource = intersection(grantedAt(layer, requirement.from), among);
      const atDestination = intersection(grantedAt(layer, parentOf(requirement.to)), among);
      if (isSubset(atDestination, atSource)) return null;
      return { ...requirement, among: difference(atDestination, atSource) };
    }
    case 'port': {
      const asked = intersection(requirement.access, handledNet);
      const granted = (layer.ports.get(requirement.port) ?? 0) as NetAccess;
      const access = difference(asked, granted);
      return access === 0 ? null : { ...requirement, access };
    }
    case 'scope':
      return accessNames('scope', scoped).includes(requirement.scope) ? requirement : null;
    case 'topology':
      return handledFs === 0 ? null : requirement;
  }
}

function blockersOf(requirement: Requirement): readonly string[] {
  switch (requirement.kind) {
    case 'path':
      return accessNames('fs', requirement.access).map((name) => `fs.${name}`);
    case 'no-gain':
      return ['fs.refer'];
    case 'port':
      return accessNames('net', requirement.access).map((name) => `net.${name}`);
    case 'scope':
      return [`scope.${requirement.scope}`];
    case 'topology':
      return ['fs.change_topology'];
  }
}

/** A missing right to make or remove wins over a refused crossing; scopes and mounts are EPERM. */
function errnoOf(missing: readonly Requirement[]): 'EACCES' | 'EXDEV' | 'EPERM' {
  if (missing.some(({ kind }) => kind === 'scope' || kind === 'topology')) return 'EPERM';
  const refer = fsAccess('refer');
  const onlyCrossing = missing.every(
    (requirement) =>
      requirement.kind === 'no-gain' ||
      (requirement.kind === 'path' && difference(requirement.access, refer) === 0),
  );
  return onlyCrossing ? 'EXDEV' : 'EACCES';
}

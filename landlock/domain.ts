import {
  accessNames,
  difference,
  fsAccess,
  intersection,
  type NetAccess,
  union,
} from './access-set.js';
import { blockersOf, type Errno, errnoOf } from './blockers.js';
import { parentOf } from './hierarchy.js';
import { byName, grantedAt, type Layer, layerOf, type ObjectOf } from './layer.js';
import type { Operation } from './operation.js';
import { requiredAccess } from './required-access.js';
import type { Requirement } from './requirement.js';
import type { Ruleset } from './ruleset.js';

/** The stack of rulesets that a process is restricted by, the oldest first; each only tightens. */
export interface Domain {
  readonly abi: number;
  /** What of Landlock was corrected in the kernel; undefined where the domain is for any kernel. */
  readonly errata?: number | undefined;
  readonly layers: readonly Layer[];
}

/** What a verdict depends on beside the domain and the operation. */
export interface Circumstances {
  readonly objectOf?: ObjectOf;
  /**
   * Of the process or socket that is reached: how many of the domain's layers, from the oldest, it
   * is restricted by as well. Without it, all where the operation is `inside`, else none.
   */
  readonly sharedLayers?: number;
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
      readonly errno: Errno;
    };

/** LANDLOCK_MAX_NUM_LAYERS: the kernel refuses the next ruleset with E2BIG. */
export const mostLayers = 16;

/**
 * The domain of these rulesets, the oldest first, on a kernel of this ABI, by the paths' names.
 *
 * @throws RangeError when there are more than {@link mostLayers}.
 */
export function domainOf(abi: number, ...rulesets: readonly Ruleset[]): Domain {
  return domainOn(byName, abi, rulesets);
}

/**
 * The domain of these rulesets where paths lead to these objects: what a rule's path leads to when
 * the rule is made is what it holds for, whatever becomes of the name. A path that leads nowhere
 * makes no rule.
 *
 * @throws RangeError when there are more than {@link mostLayers}.
 */
export function domainOn(
  objectOf: ObjectOf,
  abi: number,
  rulesets: readonly Ruleset[],
  errata?: number,
): Domain {
  if (rulesets.length > mostLayers) {
    throw new RangeError(`a domain has at most ${mostLayers} layers, not ${rulesets.length}`);
  }
  return { abi, errata, layers: rulesets.map((ruleset) => layerOf(ruleset, objectOf)) };
}

/** Whether a domain allows an operation, as the kernel would judge it. */
export function judge(
  domain: Domain,
  operation: Operation,
  { objectOf = byName, sharedLayers }: Circumstances = {},
): Verdict {
  const reached = sharedLayers ?? (isInside(operation) ? domain.layers.length : 0);
  const requirements = requiredAccess(
    sharedLayers === undefined ? operation : asIfOutside(operation),
    domain.abi,
    domain.errata,
  );
  const anyFs = domain.layers.some(({ ruleset }) => ruleset.handledFs !== 0);
  const missing = domain.layers.map((layer, number) => {
    const asked: Asked = { layer, anyFs, objectOf, shared: number < reached };
    return requirements
      .map((requirement) => missingOf(asked, requirement))
      .filter((requirement) => requirement !== null);
  });
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

function isInside(operation: Operation): boolean {
  return 'inside' in operation && operation.inside === true;
}

function asIfOutside(operation: Operation): Operation {
  return 'inside' in operation ? { ...operation, inside: false } : operation;
}

/** What one layer is asked. */
interface Asked {
  readonly layer: Layer;
  /** Whether any layer of the domain handles a file-system right. */
  readonly anyFs: boolean;
  readonly objectOf: ObjectOf;
  /** Whether the layer restricts the process or socket that is reached as well. */
  readonly shared: boolean;
}

/** The part of a requirement that the layer does not grant; null when it grants all. */
function missingOf(
  { layer, anyFs, objectOf, shared }: Asked,
  requirement: Requirement,
): Requirement | null {
  const { handledFs, handledNet, scoped } = layer.ruleset;
  switch (requirement.kind) {
    case 'path': {
      // REFER is denied by every layer, also by one that handles no right of files, as soon as
      // another one does (landlock_get_fs_access_mask).
      const handled = anyFs ? union(handledFs, fsAccess('refer')) : fsAccess();
      const asked = intersection(requirement.access, handled);
      // No rule can be tied to what the operation itself makes.
      const from = requirement.made ? parentOf(requirement.path) : requirement.path;
      const access = difference(asked, grantedAt(layer, from, objectOf));
      if (access === 0 || (shared && access === resolveUnix)) return null;
      return { ...requirement, access };
    }
    case 'no-gain': {
      const among = intersection(requirement.among, handledFs);
      const atSource = grantedAt(layer, requirement.from, objectOf);
      const atDestination = grantedAt(layer, parentOf(requirement.to), objectOf);
      const gain = intersection(difference(atDestination, atSource), among);
      return gain === 0 ? null : { ...requirement, among: gain };
    }
    case 'port': {
      const asked = intersection(requirement.access, handledNet);
      const granted = (layer.ports.get(requirement.port) ?? 0) as NetAccess;
      const access = difference(asked, granted);
      return access === 0 ? null : { ...requirement, access };
    }
    case 'scope':
      return !shared && accessNames('scope', scoped).includes(requirement.scope)
        ? requirement
        : null;
    case 'tracing':
      return shared ? null : requirement;
    case 'topology':
      return handledFs === 0 ? null : requirement;
  }
}

const resolveUnix = fsAccess('resolve_unix');

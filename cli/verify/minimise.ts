import type { FsAccess, NetAccess } from '../../landlock/access-set.js';
import { type Domain, judge } from '../../landlock/domain.js';
import type { Layer, ObjectId } from '../../landlock/layer.js';
import type { LiveOperation } from '../../tracer/live-operations.js';
import type { Grant, PathGrants, PortGrants } from './grants.js';

/** Rights that a run did without. */
export interface Needless {
  readonly grant: Grant;
  readonly access: number;
}

/**
 * Drops each rule, and each right of those that stay, in turn; what denies nothing that the run did
 * stays dropped. What lies highest goes first, so that the narrower of two rules is the one that
 * stays.
 *
 * @param domain - of the profile that the run was restricted by.
 * @param allowed - what the run did.
 */
export function needlessIn(
  grants: readonly Grant[],
  domain: Domain,
  allowed: readonly LiveOperation[],
): readonly Needless[] {
  const trial = new Trial(grants, domain, allowed);
  const ordered = [...grants].sort((one, other) => depthOf(one) - depthOf(other));
  return ordered.flatMap((grant) => {
    const access = trial.droppedFrom(grant);
    return access === 0 ? [] : [{ grant, access }];
  });
}

/** The highest that a grant lies; ports lie nowhere. */
function depthOf(grant: Grant): number {
  if (grant.kind === 'port') return Number.POSITIVE_INFINITY;
  return Math.min(...grant.places.map(({ place }) => place.hierarchies.length));
}

/** A domain of which rights are taken away, and what was done under it. */
class Trial {
  readonly #domain: Domain;
  readonly #objects = new Map<ObjectId, FsAccess>();
  readonly #ports = new Map<number, NetAccess>();
  readonly #left = new Map<Grant, number>();
  readonly #onObject = new Map<ObjectId, PathGrants[]>();
  readonly #onPort = new Map<number, PortGrants[]>();
  readonly #askedOf = new Map<ObjectId, LiveOperation[]>();
  readonly #askedOfPort: readonly LiveOperation[];

  constructor(
    grants: readonly Grant[],
    { abi, layers }: Domain,
    allowed: readonly LiveOperation[],
  ) {
    const [layer] = layers;
    const { handledFs = 0, handledNet = 0 } = layer?.ruleset ?? {};
    for (const grant of grants) {
      const handled = grant.kind === 'path' ? handledFs : handledNet;
      this.#left.set(grant, grant.access & handled);
      if (grant.kind === 'port') {
        addTo(this.#onPort, grant.port, grant);
      } else {
        for (const { identity } of grant.places) {
          if (identity !== undefined) addTo(this.#onObject, identity, grant);
        }
      }
    }
    for (const live of allowed) {
      for (const object of new Set(live.objects.values())) addTo(this.#askedOf, object, live);
    }
    this.#askedOfPort = allowed.filter(({ operation }) => isOfPorts(operation.kind));
    this.#domain = {
      abi,
      layers: layer === undefined ? [] : [this.#withOwnRules(layer)],
    };
    for (const object of this.#onObject.keys()) this.#sumUp(object);
    for (const port of this.#onPort.keys()) this.#sumUpPort(port);
  }

  /** @returns the rights that the grant has lost for good. */
  droppedFrom(grant: Grant): number {
    const before = this.#left.get(grant) ?? 0;
    if (before === 0 || grant.source === undefined) return 0;
    // Nothing was tied to what is not there, so that nothing can be said of it.
    if (grant.kind === 'path' && grant.places.some(({ identity }) => identity === undefined)) {
      return 0;
    }
    if (this.#holdsWithout(grant, before)) return before;
    let dropped = 0;
    for (let bit = 1; bit <= before; bit *= 2) {
      if ((before & bit) !== 0 && this.#holdsWithout(grant, bit)) dropped |= bit;
    }
    return dropped;
  }

  #holdsWithout(grant: Grant, access: number): boolean {
    const before = this.#left.get(grant) ?? 0;
    this.#become(grant, before & ~access);
    const holds = this.#asked(grant).every((live) => this.#allows(live));
    if (!holds) this.#become(grant, before);
    return holds;
  }

  #allows({ operation, objects }: LiveOperation): boolean {
    return judge(this.#domain, operation, { objectOf: (path) => objects.get(path) }).allowed;
  }

  /** What was asked of anything that a grant lies on. */
  #asked(grant: Grant): readonly LiveOperation[] {
    if (grant.kind === 'port') return this.#askedOfPort;
    return grant.places.flatMap(({ identity }) => this.#askedOf.get(identity ?? '') ?? []);
  }

  #become(grant: Grant, access: number): void {
    this.#left.set(grant, access);
    if (grant.kind === 'port') return this.#sumUpPort(grant.port);
    for (const { identity } of grant.places) if (identity !== undefined) this.#sumUp(identity);
  }

  #sumUp(object: ObjectId): void {
    this.#objects.set(object, this.#sum(this.#onObject.get(object) ?? []) as FsAccess);
  }

  #sumUpPort(port: number): void {
    this.#ports.set(port, this.#sum(this.#onPort.get(port) ?? []) as NetAccess);
  }

  #sum(grants: readonly Grant[]): number {
    return grants.reduce((access, grant) => access | (this.#left.get(grant) ?? 0), 0);
  }

  #withOwnRules({ ruleset }: Layer): Layer {
    return { ruleset, objects: this.#objects, ports: this.#ports };
  }
}

function isOfPorts(kind: LiveOperation['operation']['kind']): boolean {
  return kind === 'bind' || kind === 'connect';
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

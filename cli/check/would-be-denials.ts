import type { Denial, DeniedObject } from '../../landlock/denial.js';
import { type RefusedAt, refusalsOf } from '../../landlock/denials-of.js';
import { type Domain, judge } from '../../landlock/domain.js';
import type { ObjectId } from '../../landlock/layer.js';
import type { Operation } from '../../landlock/operation.js';
import { deviceName } from '../../tracer/audit/device-name.js';
import type { LiveOperation } from '../../tracer/live-operations.js';
import { partsOf } from '../../tracer/object-identity.js';
import type { RecordedOperation } from '../../tracer/trace.js';

/** A denial, and how often it would have come. */
export interface WouldBeDenial {
  readonly denial: Denial;
  readonly count: number;
}

/** Judges what a run asks under a domain that denies nothing, and keeps what it would deny. */
export class WouldBeDenials {
  readonly #domain: Domain;
  readonly #tell: (denial: Denial) => void;
  readonly #denials = new Map<string, Denial>();
  /** The denials of each operation, by what tells it from others in the trace. */
  readonly #ofOperation = new Map<string, Set<string>>();

  /** @param tell - told of each denial once, as it would have come. */
  constructor(domain: Domain, tell: (denial: Denial) => void) {
    this.#domain = domain;
    this.#tell = tell;
  }

  /** @returns whether the domain allows it. */
  judge({ operation, executable, call, objects }: LiveOperation): boolean {
    const verdict = judge(this.#domain, operation, { objectOf: (path) => objects.get(path) });
    if (verdict.allowed) return true;
    const asker = { process: undefined, executable, call, result: verdict.errno };
    for (const { blockers, at } of refusalsOf(operation, verdict.requirements)) {
      const object = objectAt(at, objects);
      this.#note({ domain, blockers, object, asker }, { operation, executable, call });
    }
    return false;
  }

  /** All of them, in the order of their first coming, counted by the trace of the whole run. */
  counted(operations: Iterable<RecordedOperation>): readonly WouldBeDenial[] {
    const counts = new Map<string, number>();
    for (const record of operations) {
      for (const key of this.#ofOperation.get(operationKey(record)) ?? []) {
        counts.set(key, (counts.get(key) ?? 0) + record.count);
      }
    }
    return [...this.#denials].map(([key, denial]) => ({ denial, count: counts.get(key) ?? 1 }));
  }

  #note(denial: Denial, by: Pick<RecordedOperation, 'operation' | 'executable' | 'call'>): void {
    const { blockers, object, asker } = denial;
    const key = JSON.stringify([blockers, nameOf(object), asker.executable, asker.call]);
    const operation = operationKey(by);
    const known = this.#ofOperation.get(operation) ?? new Set();
    this.#ofOperation.set(operation, known.add(key));
    if (this.#denials.has(key)) return;
    this.#denials.set(key, denial);
    this.#tell(denial);
  }
}

/** The kernel numbers domains; ours is that of this process. */
const domain = process.pid.toString(16);

function objectAt(at: RefusedAt, objects: ReadonlyMap<string, ObjectId>): DeniedObject {
  if (at.kind === 'process') return { kind: 'process', id: 0, name: '' };
  if (at.kind !== 'path') return at;
  const parts = partsOf(objects.get(at.path));
  const device = parts === undefined ? undefined : deviceName(parts.device);
  return { ...at, device, inode: parts?.inode };
}

/** A file that is replaced is another object, and denied for the same reason. */
function nameOf(object: DeniedObject): unknown {
  return object.kind === 'path' ? object.path : object;
}

function operationKey({
  operation,
  executable,
  call,
}: Pick<RecordedOperation, 'operation' | 'executable' | 'call'>): string {
  return JSON.stringify([sorted(operation), executable, call]);
}

/** However its fields came about. */
function sorted(operation: Operation): unknown {
  return Object.entries(operation).sort(([one], [other]) => (one < other ? -1 : 1));
}

import { hierarchiesOf } from '../landlock/hierarchy.js';
import type { ObjectId } from '../landlock/layer.js';
import type { Operation } from '../landlock/operation.js';
import { pathsOf } from '../landlock/operation-paths.js';
import { identityAt } from './object-identity.js';

/** An operation that was not asked before, told while the run goes on. */
export interface LiveOperation {
  readonly operation: Operation;
  readonly executable: string;
  readonly call: string;
  /**
   * What its paths lead to, and the directories above them, at the time: under the permissive
   * tracer before the call goes on. What is missing has none.
   */
  readonly objects: ReadonlyMap<string, ObjectId>;
}

/**
 * Tells operations as they come: each once, and again when its paths lead to other objects than
 * before. For every call the disk is looked at, which an ordinary run is spared.
 */
export class LiveOperations {
  readonly #tell: (operation: LiveOperation) => void;
  readonly #told = new Set<string>();

  constructor(tell: (operation: LiveOperation) => void) {
    this.#tell = tell;
  }

  note(operation: Operation, executable: string, call: string): void {
    const objects = objectsOf(operation);
    const key = JSON.stringify([operation, executable, call, ...objects.values()]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#tell({ operation, executable, call, objects });
  }
}

function objectsOf(operation: Operation): ReadonlyMap<string, ObjectId> {
  const objects = new Map<string, ObjectId>();
  for (const path of pathsOf(operation)) {
    for (const hierarchy of hierarchiesOf(path)) {
      if (objects.has(hierarchy)) break;
      const object = identityAt(hierarchy);
      if (object !== undefined) objects.set(hierarchy, object);
    }
  }
  return objects;
}

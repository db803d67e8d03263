import { accessNames } from './access-set.js';
import { blockersOf } from './blockers.js';
import { parentOf } from './hierarchy.js';
import type { Operation } from './operation.js';
import type { Requirement } from './requirement.js';

/** What one record of the kernel's audit would tell of a refused operation. */
export interface Refusal {
  readonly blockers: readonly string[];
  readonly at: RefusedAt;
}

export type RefusedAt =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'abstract-socket'; readonly name: string }
  /** The other process, of which an operation does not say which it is. */
  | { readonly kind: 'process' };

/**
 * The records of what blocks an operation, one for each object: what makes or removes is refused at
 * the directory that holds it, a move at both. What a move would gain is said at the directory that
 * it leaves, whose lack of rights is the reason; the kernel names there whatever that lacks.
 */
export function refusalsOf(
  operation: Operation,
  requirements: readonly Requirement[],
): readonly Refusal[] {
  const refusals = new Map<string, Refusal>();
  for (const requirement of requirements) {
    const at = placeOf(operation, requirement);
    const key = JSON.stringify(at);
    const blockers = new Set([
      ...(refusals.get(key)?.blockers ?? []),
      ...(requirement.kind === 'no-gain'
        ? accessNames('fs', requirement.among).map((name) => `fs.${name}`)
        : blockersOf(requirement)),
    ]);
    refusals.set(key, { blockers: [...blockers], at });
  }
  return [...refusals.values()];
}

function placeOf(operation: Operation, requirement: Requirement): RefusedAt {
  switch (requirement.kind) {
    case 'path':
      return { kind: 'path', path: requirement.path };
    case 'no-gain':
      return { kind: 'path', path: parentOf(requirement.from) };
    case 'port':
      return { kind: 'port', port: requirement.port };
    case 'scope':
      return operation.kind === 'connect-abstract'
        ? { kind: 'abstract-socket', name: operation.name }
        : { kind: 'process' };
    case 'tracing':
      return { kind: 'process' };
    // The kernel names the mount point, which the operation does not tell.
    case 'topology':
      return { kind: 'path', path: '/' };
  }
}

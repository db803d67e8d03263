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
 * The records of what blocks an operation, one for each object and hook: what makes or removes is refused at
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
    for (const blockers of asHooksAsk(operation, blockersAt(requirement))) {
      const key = JSON.stringify([at, blockers.includes(truncating)]);
      const known = refusals.get(key)?.blockers ?? [];
      refusals.set(key, { blockers: [...new Set([...known, ...blockers])], at });
    }
  }
  return [...refusals.values()];
}

function blockersAt(requirement: Requirement): readonly string[] {
  if (requirement.kind !== 'no-gain') return blockersOf(requirement);
  return accessNames('fs', requirement.among).map((name) => `fs.${name}`);
}

const truncating = 'fs.truncate';

/** A file is opened first, and then cut to length by a hook of its own (do_open in fs/namei.c). */
function asHooksAsk(
  operation: Operation,
  blockers: readonly string[],
): readonly (readonly string[])[] {
  const others = blockers.filter((blocker) => blocker !== truncating);
  const isBoth = others.length > 0 && others.length < blockers.length;
  return operation.kind === 'open' && isBoth ? [others, [truncating]] : [blockers];
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

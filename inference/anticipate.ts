import type { Operation } from '../landlock/operation.js';
import type { Census } from './census.js';
import type { SeenOperation } from './run.js';

/**
 * What the next run will ask where a run asked this, since the disk is another by then: the file
 * that was made is there and gets truncated or replaced, the file that was removed has to be made
 * again, what was sought in vain is removed.
 */
export function anticipated(record: SeenOperation, census: Census): SeenOperation | undefined {
  if (isInVain(record)) return isThereByThen(record, census) ? record : undefined;
  const next = nextTime(record.operation, census);
  if (next === undefined) return undefined;
  // No run was seen to do that.
  const { runs: _, ...rest } = record;
  return { ...rest, operation: next };
}

/** Whether there was nothing to do it to, so that the run itself needed no right for it. */
export function isInVain({ result }: SeenOperation): boolean {
  return result === 'ENOENT';
}

/** What was not there yet to be removed is there by then, if the run has left it. */
function isThereByThen({ operation }: SeenOperation, census: Census): boolean {
  return operation.kind === 'remove' && census.remains(operation.path);
}

function nextTime(operation: Operation, census: Census): Operation | undefined {
  switch (operation.kind) {
    case 'open': {
      const { path, create, truncate } = operation;
      if (create === 'new' && truncate && census.remains(path)) {
        return { ...operation, create: 'existing' };
      }
      if (create === 'existing' && census.vanishes(path)) return { ...operation, create: 'new' };
      return undefined;
    }
    case 'rename': {
      const { to, type, replaced } = operation;
      return replaced === null && census.remains(to) ? { ...operation, replaced: type } : undefined;
    }
    case 'make': {
      // A socket that is left has to go before its name can be bound again.
      const { path, type } = operation;
      return type === 'socket' && census.remains(path) ? { kind: 'remove', path, type } : undefined;
    }
    default:
      return undefined;
  }
}

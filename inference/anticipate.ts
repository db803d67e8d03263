import type { Operation } from '../landlock/operation.js';
import type { Census } from './census.js';
import type { Expected } from './needs.js';
import type { SeenOperation } from './observe.js';

/**
 * Adds to what a run asked what the next one will ask since the disk is another by then: the file
 * that was made is there and gets truncated or replaced, the file that was removed has to be made
 * again, what was sought in vain is removed.
 */
export function* anticipate(records: Iterable<SeenOperation>, census: Census): Generator<Expected> {
  for (const record of records) {
    if (record.result === 'ENOENT') {
      yield* removalNextTime(record, census);
      continue;
    }
    yield { record, why: 'observed' };
    const next = nextTime(record.operation, census);
    if (next === undefined) continue;
    // No run was seen to do that.
    const { runs: _, ...rest } = record;
    yield { record: { ...rest, operation: next }, why: 'anticipated' };
  }
}

/** What was not there yet to be removed is there by then, if the run has left it. */
function* removalNextTime(record: SeenOperation, census: Census): Generator<Expected> {
  const { operation } = record;
  if (operation.kind === 'remove' && census.remains(operation.path)) {
    yield { record, why: 'anticipated' };
  }
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

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Turns } from '../../../tracer/permissive/turns.js';

const turns = suite('threads that take turns');

/** The first of so many calls in a row at which a thread is found to be alone. */
function foundAlone(seen: Turns, thread: number, calls: number): number | undefined {
  for (let call = 1; call <= calls; call++) if (seen.isAlone(thread)) return call;
  return undefined;
}

turns('are never alone, however long they take them', () => {
  const seen = new Turns();
  for (let round = 0; round < 100; round++) {
    assert.is(foundAlone(seen, 7, 16), undefined);
    assert.is(foundAlone(seen, 8, 1), undefined);
  }
});

turns('end when one of them goes on calling, and begin anew with a call of another', () => {
  const seen = new Turns();
  assert.is(foundAlone(seen, 7, 100), 17);
  assert.ok(seen.isAlone(7));
  assert.not(seen.isAlone(8));
  assert.is(foundAlone(seen, 7, 100), 17);
});

turns.run();

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Turns } from '../../../tracer/permissive/turns.js';

const turns = suite('threads that take turns');

turns('are not alone, and one that went on calling by itself is', () => {
  const seen = new Turns();
  assert.not(seen.isAlone(7, 100));
  assert.ok(seen.isAlone(7, 103));
  assert.not(seen.isAlone(8, 103.1));
  assert.not(seen.isAlone(7, 103.2));
  assert.not(seen.isAlone(7, 105));
  assert.ok(seen.isAlone(7, 105.3));
});

turns('are told from one that calls alone from the beginning', () => {
  const seen = new Turns();
  seen.isAlone(7, 0);
  for (let now = 3; now < 10; now += 0.01) assert.ok(seen.isAlone(7, now));
});

turns.run();

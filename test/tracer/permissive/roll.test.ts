import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Roll } from '../../../tracer/permissive/roll.js';

const roll = suite('the roll of processes');

const known = (id: number) => ({ id, start: String(id * 1000) });

roll('hands over each process once, in the order of their coming', () => {
  const reader = new Roll();
  const writer = new Roll(reader.memory);
  assert.equal(reader.take(), []);
  for (const id of [7, 3, 2 ** 22]) assert.ok(writer.add(known(id)));
  assert.equal(reader.take(), [known(7), known(3), known(2 ** 22)]);
  assert.equal(reader.take(), []);
});

roll('keeps moments of a machine that has been up for centuries', () => {
  const reader = new Roll();
  const late = { id: 1, start: '999999999999999' };
  assert.ok(reader.add(late));
  assert.equal(reader.take(), [late]);
});

roll('says when it is full, and loses none', () => {
  const reader = new Roll();
  const writer = new Roll(reader.memory);
  let told = 0;
  while (writer.add(known(told + 1))) told += 1;
  assert.ok(told >= 1000, String(told));
  const taken = reader.take();
  assert.is(taken.length, told);
  assert.ok(taken.every(({ id }, at) => id === at + 1));
  assert.ok(writer.add(known(5)));
  assert.equal(reader.take(), [known(5)]);
});

roll('goes on round and round', () => {
  const reader = new Roll();
  for (let id = 1; id < 10_000; id++) {
    assert.ok(reader.add(known(id)));
    if (id % 3 !== 0) continue;
    const ids = reader.take().map((one) => one.id);
    assert.equal(ids, [id - 2, id - 1, id]);
  }
});

roll.run();

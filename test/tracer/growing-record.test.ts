import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GrowingRecord } from '../../tracer/growing-record.js';
import { Parting } from '../../tracer/parting.js';
import type { Recorded } from '../../tracer/recorded.js';
import { Recording } from '../../tracer/recording.js';
import { opening } from '../support/opening.js';
import { Random } from '../support/random.js';

const growing = suite('a record that grows');

growing('says in the end what is said at once, whenever it was asked meanwhile', () => {
  const random = new Random(5);
  for (let round = 0; round < 100; round++) {
    const recording = new Recording();
    recording.follow();
    const record = new GrowingRecord();
    const parting = new Parting();
    const ask = () => record.add(recording.grown(parting), recording.gaps());
    for (let step = 0; step < 40; step++) {
      act(recording, random);
      if (random.below(8) === 0) ask();
    }
    ask();
    const soFar = sorted(record.recorded());
    assert.equal(soFar, sorted(recording.finish()));
  }
});

growing('grows by what is new, and is touched by what is not', () => {
  const recording = new Recording();
  recording.follow();
  recording.add(opening('/a'), '/bin/one', 'open', 'ok');
  const { extent } = recording;
  assert.ok(extent > 0);
  assert.ok(recording.hasGrown);
  recording.grown(new Parting());
  assert.not.ok(recording.hasGrown);
  recording.add(opening('/a'), '/bin/one', 'open', 'ok');
  assert.is(recording.extent, extent);
  assert.ok(recording.hasGrown);
});

growing.run();

/** Something that a run may do, about one of a few names. */
function act(recording: Recording, random: Random): void {
  const path = random.pick(['/nowhere/a', '/nowhere/b', '/proc/[pid]/stat', '/dev/null', '/']);
  switch (random.below(6)) {
    case 0:
      return recording.disk.found(path, 'regular');
    case 1:
      return recording.disk.made(path, 'regular');
    case 2:
      return recording.disk.removed(path, 'regular');
    case 3:
      return recording.gap('namespace', random.pick(['/bin/one', '/bin/two']));
    case 4:
      return recording.add({ kind: 'connect', protocol: 'tcp', port: 80 }, '/bin/a', 'c', 'ok');
    default:
      return recording.add(opening(path), random.pick(['/bin/one', '/bin/two']), 'open', 'ok');
  }
}

function sorted({ operations, objects, gaps }: Recorded): readonly string[] {
  return [...operations, ...objects, ...gaps].map((each) => JSON.stringify(each)).sort();
}

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GrowingRecord } from '../../tracer/growing-record.js';
import { Parting } from '../../tracer/parting.js';
import type { Recorded } from '../../tracer/recorded.js';
import { type Counted, Recording } from '../../tracer/recording.js';
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
    const counted: Again[] = [];
    const ask = () => record.add(recording.grown(parting), recording.gaps());
    for (let step = 0; step < 40; step++) {
      act(recording, random, counted);
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

growing('is touched by what was counted before and is only counted again', () => {
  const recording = new Recording();
  recording.follow();
  const counted = recording.add(opening('/a'), '/bin/one', 'open', 'ok');
  assert.ok(counted);
  recording.grown(new Parting());
  recording.again(counted, '/a');
  assert.ok(recording.hasGrown);
  const [operation] = recording.finish().operations;
  assert.is(operation?.count, 2);
});

growing.run();

/** What was done before, where it is counted. */
interface Again {
  readonly counted: Counted;
  readonly path: string;
}

/** Something that a run may do, about one of a few names. */
function act(recording: Recording, random: Random, again: Again[]): void {
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
      recording.add({ kind: 'connect', protocol: 'tcp', port: 80 }, '/bin/a', 'c', 'ok');
      return;
    default: {
      const executable = random.pick(['/bin/one', '/bin/two']);
      const counted = recording.add(opening(path), executable, 'open', 'ok');
      if (counted !== undefined) again.push({ counted, path });
      const before = random.pick(again);
      recording.again(before.counted, before.path);
    }
  }
}

function sorted({ operations, objects, gaps }: Recorded): readonly string[] {
  return [...operations, ...objects, ...gaps].map((each) => JSON.stringify(each)).sort();
}

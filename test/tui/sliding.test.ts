import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from '../../inference/decisions/decide.js';
import { decisionsOf } from '../../inference/decisions/decisions.js';
import type { FoldSlider } from '../../inference/fold-slider.js';
import { unfolded } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import { inferToDecide } from '../../inference/infer-selected.js';
import { observe } from '../../inference/observe.js';
import { modelOf } from '../../tui/laying-out.js';
import type { Message } from '../../tui/messages.js';
import type { Model } from '../../tui/model.js';
import { decidedInference, presentDecisions } from '../../tui/outcome.js';
import { sliderText } from '../../tui/sliding.js';
import { update } from '../../tui/update.js';
import { subjectOf } from './subjects.js';

const sliding = suite('sliding along the ways to fold');

/** Files in two directories, in which little else lies. */
const run = {
  operations: ['a', 'b', 'c'].flatMap((name) =>
    ['/srv/one', '/srv/two'].map((directory) => ({
      operation: {
        kind: 'open',
        path: `${directory}/${name}`,
        type: 'regular',
        read: true,
        write: false,
        truncate: false,
        create: 'no',
      } as const,
      executable: '/usr/bin/cat',
      call: 'openat',
      result: 'ok',
      count: 1,
    })),
  ),
  objects: [],
  environment: {},
};

const wishes = { include: [], exclude: [], neverFold: [], missing: [] };
const toDecide = inferToDecide([run], 7, wishes);
const extent = (files: number) => ({
  files: new Map([['own', files]]),
  programs: new Map(),
  directories: new Map([['own', 1]]),
  unmet: 0,
  closed: 0 as never,
});
const extents = {
  of: new Map([
    ['/srv', extent(400)],
    ['/srv/one', extent(4)],
    ['/srv/two', extent(30)],
  ]),
  cut: [],
};

sliding('the first step counts on the disk, and then folds', () => {
  const start = modelOf(subject(), { columns: 80, rows: 24 });
  const { commands } = update(start, { kind: 'pressed', press: ']' });
  assert.equal(commands, [{ kind: 'survey', step: 1 }]);
  const slid = after(start, { kind: 'surveyed', slider: slider(), step: 1 });
  assert.ok(decidedInference(slid).paths.length < decidedInference(start).paths.length);
  assert.match(sliderText(slid), /^exact ─●─* broad: \d rules \(exact: 6\), widening/);
});

sliding('a step is a decision: undone, redone, and replayed to the same', () => {
  const start = modelOf(subject(), { columns: 80, rows: 24 });
  const far = after(start, { kind: 'surveyed', slider: slider(), step: 1 }, press(']'), press(']'));
  const undone = after(far, press('u'), press('u'), press('u'));
  assert.equal(decidedInference(undone), decidedInference(start));
  const redone = after(undone, press('U'), press('U'), press('U'));
  assert.equal(decidedInference(redone), decidedInference(far));
  const decisions = presentDecisions(far);
  const [{ subject: said } = { subject: undefined }] = decisions;
  const dearness = said?.kind === 'folding' ? said.dearness : Number.NaN;
  const replayed = decide(slider().at(dearness), decisionsOf(decisions), toDecide.grounds);
  assert.equal(replayed, decidedInference(far));
});

sliding('at either end it stays', () => {
  const start = modelOf(subject(), { columns: 80, rows: 24 });
  const still = after(start, { kind: 'surveyed', slider: slider(), step: -1 });
  assert.equal(decidedInference(still), decidedInference(start));
  assert.is(still.notice, 'slid');
});

sliding('the exact end is what inference gives unfolded', () => {
  const exact = slider().at(Number.POSITIVE_INFINITY);
  assert.equal(
    exact.paths.map(({ path }) => path),
    conclude(observe([run], 7), unfolded).paths.map(({ path }) => path),
  );
});

function slider(): FoldSlider {
  const made = toDecide.sliderBy?.(() => extents);
  if (made === undefined) throw new Error('there is no slider');
  return made;
}

function subject() {
  return { ...subjectOf(toDecide.inference), grounds: toDecide.grounds };
}

function press(key: string): Message {
  return { kind: 'pressed', press: key };
}

function after(model: Model, ...messages: readonly Message[]): Model {
  return messages.reduce((before, message) => update(before, message).model, model);
}

sliding.run();

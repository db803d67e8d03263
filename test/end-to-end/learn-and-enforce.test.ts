import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foldNames } from '../../inference/folding.js';
import { readTrace } from '../../tracer/trace-file.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';
import { lessonOf, visible } from './lessons.js';
import { performers } from './performers.js';
import { brokenLaws } from './recorded-laws.js';
import { workloads } from './workloads.js';

const enforcement = suite('learn, then enforce');

for (const workload of workloads) {
  for (const performer of performers) {
    const lack = workload.lack ?? performer.lack ?? lacksLandlock(2) ?? lacksTracer();
    const who = `${workload.name}, by ${performer.name}`;

    testWhere(enforcement, lack, `${who}, is not changed by being learned`, async () => {
      const { bare, learned } = await lessonOf(workload, performer);
      assert.is(bare[0].status, 0, bare[0].stderr);
      for (const run of learned) {
        const { text, ...performance } = run;
        assert.equal(visible(performance), visible(bare[0]), run.stderr);
        assert.ok(text !== undefined, `no profile was written: ${run.stderr}`);
      }
    });

    testWhere(enforcement, lack, `${who}, passes under what was learned`, async () => {
      const { bare, enforced } = await lessonOf(workload, performer);
      assert.equal(visible(enforced[0]), visible(bare[0]));
    });

    testWhere(
      enforcement,
      lack,
      `${who}, passes a second time on what the first left`,
      async () => {
        const { bare, enforced } = await lessonOf(workload, performer);
        assert.is(bare[1].status, 0, bare[1].stderr);
        assert.equal(visible(enforced[1]), visible(bare[1]));
      },
    );

    testWhere(
      enforcement,
      lack,
      `${who}, passes under exact rules and under broad ones`,
      async () => {
        const { bare, otherwise } = await lessonOf(workload, performer);
        for (const run of otherwise) assert.equal(visible(run), visible(bare[0]));
      },
    );

    testWhere(enforcement, lack, `${who}, is granted what it needs and no right more`, async () => {
      const { operations, objects, header } = await readTrace(
        (await lessonOf(workload, performer)).trace,
      );
      const run = { operations, objects, environment: header.environment };
      for (const fold of foldNames) assert.equal(brokenLaws(run, header.abi, fold), [], fold);
    });

    testWhere(enforcement, lack, `${who}, gives the same profile when learned again`, async () => {
      const { learned } = await lessonOf(workload, performer);
      assert.is(learned[1].text, learned[0].text);
    });
  }
}

enforcement.run();

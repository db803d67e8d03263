import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';
import { allowTheProber, attempt, attemptsOnTheSystem, permittedAttempts } from './attempts.js';
import { lacksCompiler } from './fixtures.js';
import { lessonOf } from './lessons.js';
import { performers } from './performers.js';
import { enforcing } from './stage.js';
import { workloads } from './workloads.js';

const denial = suite('what was not learned is denied');

for (const workload of workloads) {
  for (const performer of performers) {
    const lack =
      workload.lack ?? performer.lack ?? lacksCompiler() ?? lacksLandlock(4) ?? lacksTracer();

    testWhere(denial, lack, `${workload.name}, by ${performer.name}`, async () => {
      const { stage, profile } = await lessonOf(workload, performer);
      const permitted = await permittedAttempts(stage);
      assert.equal(
        await attempt(stage, permitted),
        permitted.map((one) => (one.startsWith('connect') ? `${one}: ECONNREFUSED` : `${one}: ok`)),
        'attempts that only the profile stands against',
      );
      allowTheProber(profile);
      const all = [...permitted, ...attemptsOnTheSystem];
      assert.equal(
        await attempt(stage, all, (words) => enforcing(profile, words)),
        all.map((one) => `${one}: EACCES`),
      );
    });
  }
}

denial.run();

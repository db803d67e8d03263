import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer } from '../support/tracer.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { lessonOf } from './lessons.js';
import { performers } from './performers.js';
import { freePort } from './ports.js';
import { enforcing, type Stage } from './stage.js';
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
        await attempt(stage, all, profile),
        all.map((one) => `${one}: EACCES`),
      );
    });
  }
}

/** Not tried without a profile: they would succeed for root, and harm. */
const attemptsOnTheSystem = [
  'read /etc/shadow',
  'write /etc/ll-learn-was-here',
  'list /home',
  'list /root',
];

denial.run();

/** What the user may do, and the workload has not done. */
async function permittedAttempts(stage: Stage): Promise<readonly string[]> {
  const elsewhere = join(stage.directory, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o777 });
  writeFileSync(join(elsewhere, 'letter'), 'private\n');
  copyFileSync(fixtureProgram('attempt'), join(elsewhere, 'program'));
  stage.reset();
  const port = await freePort();
  return [
    `read ${elsewhere}/letter`,
    `write ${elsewhere}/new`,
    `list ${elsewhere}`,
    `execute ${elsewhere}/program`,
    `connect ${port}`,
    `bind ${port}`,
  ];
}

/** Adds to a profile what starting the prober needs, as a person would: in the file beside it. */
function allowTheProber(profile: string): void {
  writeFileSync(
    profile.replace('.landlock.toml', '.local.toml'),
    `abi = 1
[[path_beneath]]
allowed_access = ["execute", "read_file"]
parent = ["${fixtureProgram('attempt')}"]
`,
  );
}

async function attempt(
  stage: Stage,
  attempts: readonly string[],
  profile?: string,
): Promise<readonly string[]> {
  const words = [fixtureProgram('attempt'), ...attempts.flatMap((one) => one.split(' '))];
  const prober = await stage.perform(profile === undefined ? words : enforcing(profile, words));
  assert.is(prober.status, 0, prober.stderr);
  const errors = prober.stdout.trimEnd().split('\n').map(Number);
  return attempts.map((one, index) => {
    const error = errors[index] ?? Number.NaN;
    return `${one}: ${error === 0 ? 'ok' : getSystemErrorName(-error)}`;
  });
}

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compiledLauncher } from '../support/compiled.js';
import { llLearnInProcess } from '../support/in-process.js';
import { type Lack, lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { allowTheProber, attempt, attemptsOnTheSystem, permittedAttempts } from './attempts.js';
import { lacksCompiler } from './fixtures.js';
import { lessonOf, type Performance, performOn, visible } from './lessons.js';
import { performers } from './performers.js';
import { freePort } from './ports.js';
import { enforcing, type Stage } from './stage.js';
import { workloads } from './workloads.js';

const launched = suite('the exported launcher in C does as ll-learn run does');

for (const workload of workloads) {
  for (const performer of performers) {
    const lack =
      workload.lack ??
      performer.lack ??
      lacksCompiler() ??
      lacksLandlock(4) ??
      lacksTracer() ??
      lackForStrace();
    const who = `${workload.name}, by ${performer.name}`;

    testWhere(launched, lack, `${who}, goes as under run, twice`, async () => {
      const { stage, profile, enforced } = await lessonOf(workload, performer);
      const { launcher } = await launcherFor(stage, profile);
      const port = portOf(profile) ?? (await freePort());
      stage.reset();
      for (const underRun of enforced) {
        const words = [launcher, ...workload.command(port)];
        const performance = await performOn(stage, workload, port, words);
        assert.equal(withoutItsWords(performance), visible(underRun));
      }
    });

    testWhere(launched, lack, `${who}, is denied under it what run denies`, async () => {
      const { stage, profile } = await lessonOf(workload, performer);
      const { launcher, copy } = await launcherFor(stage, profile);
      const all = [...(await permittedAttempts(stage)), ...attemptsOnTheSystem];
      const underRun = await attempt(stage, all, (words) => enforcing(copy, words));
      const underLauncher = await attempt(stage, all, (words) => [launcher, ...words]);
      assert.equal(underLauncher, underRun);
      assert.equal(
        underLauncher,
        all.map((one) => `${one}: EACCES`),
      );
    });
  }
}

launched.run();

/** What is exported does not depend on the tracer, and this takes its time. */
function lackForStrace(): Lack {
  return testedTracer === 'strace' ? 'the launcher is tried with the other tracer' : undefined;
}

interface Launched {
  readonly launcher: string;
  /** The profile that it was exported from: the learned one, and the prober's start allowed. */
  readonly copy: string;
}

const launchers = new Map<string, Launched>();

/** Compiled once for each profile. */
async function launcherFor(stage: Stage, profile: string): Promise<Launched> {
  const known = launchers.get(profile);
  if (known !== undefined) return known;
  const copy = stage.profile('launched');
  copyFileSync(profile, copy);
  allowTheProber(copy);
  const directory = join(stage.directory, 'launcher');
  mkdirSync(directory, { recursive: true });
  const source = join(directory, 'exported.c');
  const { status, stderr } = await llLearnInProcess(
    ['export', copy, '--to', 'c', '--strict', '-o', source],
    stage.surroundings,
  );
  assert.is(status, 0, stderr);
  const launcher = compiledLauncher(readFileSync(source, 'utf8'), directory, ['-static']);
  launchers.set(profile, { launcher, copy });
  return { launcher, copy };
}

/** The port that was learned: another one is denied, as it should be. */
function portOf(profile: string): number | undefined {
  const port = /^port = \[(\d+)\]$/m.exec(readFileSync(profile, 'utf8'))?.[1];
  return port === undefined ? undefined : Number(port);
}

function withoutItsWords({ stderr, ...performance }: Performance): Performance {
  return { ...performance, stderr: stderr.replaceAll(/^launcher: .*\n/gm, '') };
}

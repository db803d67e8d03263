import { writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditMessage } from '../../kernel/audit.js';
import { writeToml } from '../../profiles/write-toml.js';
import { aboutDomainOf } from '../../tracer/audit/domain-messages.js';
import { readDenialLog } from '../../tracer/audit/log.js';
import { lacksAudit, withAudit } from '../support/audit.js';
import { ownProgram } from '../support/command.js';
import { Random } from '../support/random.js';
import { lacksLandlock, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { granting, type Hole, holesIn, readProfile, withHole } from './holes.js';
import { type Performance, performOn, stageFor } from './lessons.js';
import { performers } from './performers.js';
import { freePort } from './ports.js';
import { covers, distinct, type Refused, refusedIn, same, standing, textOf } from './refused.js';
import { learning, type Stage } from './stage.js';
import { type Workload, workloads } from './workloads.js';

/**
 * What `check` says of a profile that lacks a rule, beside what the kernel then denies. A few of
 * each profile's rules are taken away, one at a time, others with another LL_LEARN_TEST_SEED; with
 * LL_LEARN_TEST_EVERY_RULE=1 each of them, by every user.
 */
const everyRule = process.env['LL_LEARN_TEST_EVERY_RULE'] === '1';
const sampleSize = 3;
const seed = Number(process.env['LL_LEARN_TEST_SEED'] ?? 20_261);
/** How often a program is granted what it was denied, and run again. */
const mostRounds = everyRule ? 40 : 3;

const agreement = suite('check and the kernel');

for (const workload of workloads) {
  for (const performer of everyRule ? performers : performers.slice(1)) {
    const lack =
      lacksOtherTracer() ??
      workload.lack ??
      performer.lack ??
      lacksLandlock(7) ??
      lacksAudit() ??
      lacksTracer();

    testWhere(agreement, lack, `${workload.name}, by ${performer.name}`, async () => {
      const stage = stageFor(workload, performer, ' checked');
      const scene: Scene = { stage, workload, port: await freePort() };
      const whole = stage.profile('learned');
      const learned = await perform(scene, learning(whole, workload.command(scene.port)));
      assert.is(learned.status, 0, learned.stderr);
      assert.equal(await checked(scene, whole), [], 'the whole profile denies nothing');
      for (const hole of sampled(holesIn(readProfile(whole)))) await compare(scene, whole, hole);
    });
  }
}

agreement.run();

interface Scene {
  readonly stage: Stage;
  readonly workload: Workload;
  readonly port: number;
}

/**
 * The kernel denies something where check says so, and nothing where it does not; and first what is
 * foreseen. Then a program goes another way, or ends: so it is granted what was denied, again and
 * again until it passes, by when everything foreseen has been denied once.
 */
async function compare(scene: Scene, whole: string, hole: Hole): Promise<void> {
  const narrower = withHole(readProfile(whole), hole);
  const file = scene.stage.profile('narrower');
  writeFileSync(file, writeToml(narrower));
  const would = await checked(scene, file);
  let did = await denied(scene, file);
  assertForeseen(scene.stage, hole, would, did);
  const met = [...did];
  for (let round = 1; round < mostRounds && did.length > 0; round++) {
    writeFileSync(file, writeToml(met.reduce(granting, narrower)));
    did = await denied(scene, file);
    met.push(...did);
  }
  if (did.length > 0) return; // It would take more rounds.
  for (const one of would.filter(isCertain)) {
    const really = met.some((other) => covers(other, one));
    assert.ok(really, `${textOf([one])} was never denied: ${story(hole, would, met)}`);
  }
}

function assertForeseen(
  stage: Stage,
  hole: Hole,
  would: readonly Refused[],
  did: readonly Refused[],
): void {
  const told = story(hole, would, did);
  if (would.some(isCertain)) assert.ok(did.length > 0, told);
  if (would.length === 0) assert.is(did.length, 0, told);
  const [first] = did;
  const path = stage.pathOf(hole.where);
  const where = path.startsWith('/') ? standing(path) : path;
  const inHole = (refused: Refused) =>
    hole.rights.some((right) => covers({ where, right }, refused));
  for (const one of did.filter((refused) => refused === first || inHole(refused))) {
    assert.ok(
      would.some((other) => same(one, other)),
      `${textOf([one])} was not foreseen: ${told}`,
    );
  }
  for (const one of would) assert.ok(inHole(one), `${textOf([one])} is not lacking: ${told}`);
}

/**
 * A right to ioctl is asked of devices that were opened in the domain. That a path was opened there
 * is seen, and not whether a descriptor of it was, or was there before.
 */
function isCertain({ right }: Refused): boolean {
  return right !== 'fs.ioctl_dev';
}

function story(
  { where, rights }: Hole,
  would: readonly Refused[],
  did: readonly Refused[],
): string {
  return `without ${rights.join()} on ${where}\ncheck: ${textOf(would)}\nkernel: ${textOf(did)}`;
}

/** From the state before the first run. */
async function perform(scene: Scene, words: readonly string[]): Promise<Performance> {
  scene.stage.reset();
  return performOn(scene.stage, scene.workload, scene.port, words);
}

async function checked(scene: Scene, profile: string): Promise<readonly Refused[]> {
  const command = scene.workload.command(scene.port);
  const ours = [process.execPath, ownProgram, 'check', '--json', '--allow-incomplete', profile];
  const { stderr, status } = await perform(scene, [...ours, '--', ...command]);
  const [document] = stderr.split('\n').filter((line) => line.startsWith('{"profile"'));
  assert.ok(document !== undefined, stderr);
  const { denials } = JSON.parse(document);
  assert.is(status, denials.length > 0 ? 1 : 0);
  scene.stage.reset();
  return distinct(denials.flatMap(refusedIn));
}

/** In the order of the kernel's records. */
async function denied(scene: Scene, profile: string): Promise<readonly Refused[]> {
  const command = scene.workload.command(scene.port);
  const run = [process.execPath, ownProgram, 'run', '--log-denials', profile, '--', ...command];
  const messages = await withAudit(async (records) => {
    const named = ['sh', '-c', 'echo "leader $$" >&2; exec "$@"', 'sh', ...run];
    const { stderr } = await perform(scene, named);
    return aboutDomainOf(Number(/^leader (\d+)$/m.exec(stderr)?.[1]), records());
  });
  scene.stage.reset();
  const options = { tool: '', abi: 7, file: 'audit' };
  const { denials = [] } = await readDenialLog(linesOf(messages), options);
  return distinct(denials.flatMap(refusedIn));
}

async function* linesOf(messages: readonly AuditMessage[]): AsyncGenerator<string> {
  for (const { type, text } of messages) yield `${type} ${text}`;
}

/** The same of each profile at every time. */
function sampled(holes: readonly Hole[]): readonly Hole[] {
  if (everyRule || holes.length <= sampleSize) return holes;
  const random = new Random(seed);
  const picked = new Set<Hole>();
  while (picked.size < sampleSize) picked.add(random.pick(holes));
  return [...picked];
}

function lacksOtherTracer(): string | undefined {
  return testedTracer === 'permissive' ? undefined : 'done with the permissive tracer alone';
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditMessage } from '../../kernel/audit.js';
import { difference, formatAccess, fsAccess } from '../../landlock/access-set.js';
import { domainOf } from '../../landlock/domain.js';
import { grantedAt } from '../../landlock/layer.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { aboutDomainOf } from '../../tracer/audit/domain-messages.js';
import { lacksAudit, withAudit } from '../support/audit.js';
import { ownProgram } from '../support/command.js';
import { llLearnInProcess } from '../support/in-process.js';
import { learnedOnce } from '../support/learned-once.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { ourselves } from './performers.js';
import { learning, Stage } from './stage.js';

const denials = suite('from the kernel’s denials to a profile');

/** What the kernel denies is the same, however the first profile was learned. */
const lacksOtherTracer =
  testedTracer === 'permissive' ? undefined : 'done with the permissive tracer alone';
const lack =
  lacksOtherTracer ?? lacksLandlock(7) ?? lacksAudit() ?? lacksTracer() ?? lacksPrograms('perl');

/** What is done, each of which needs a right or two. */
const deeds: readonly (readonly [name: string, script: string])[] = [
  ['reading a file', 'cat file'],
  ['listing a directory', 'ls directory'],
  ['making a file and writing to it', 'echo one > new'],
  ['writing to a file from its beginning', 'echo one > file'],
  ['adding to a file', 'echo one >> file'],
  ['a name that is hard to write', 'cat "a \\"strange\\" näme"'],
  ['making a directory and removing it', 'mkdir new; rmdir new'],
  ['renaming within a directory', 'mv file other'],
  ['moving a file to another directory', 'mv directory/leaf elsewhere/'],
  // Where it is refused, mv(1) copies.
  ['moving a directory to another', 'perl -e \'exit !rename "tree", "elsewhere/tree"\''],
  ['linking into another directory', 'ln directory/leaf elsewhere/hard'],
  ['making symlinks and named pipes', 'ln -s file soft; mkfifo pipe; rm soft pipe'],
  ['running another program', '/usr/bin/sort file'],
];

/** The programs of the deeds, doing nothing. */
const starts =
  'for program in cat ls mkdir rmdir mv ln rm mkfifo; do $program --version; done; mkdir -p directory; perl -e 1';

for (const [name, script] of deeds) {
  testWhere(denials, lack, `${name} is allowed by what its denials say, and no more`, async () => {
    const stage = staged(name);
    const profile = stage.profile('deployed');
    // With what they ask at their start, lest that be refused and they ask for something else.
    await learnedOnce(starts, profile, stage.directory, async () => {
      const learned = await stage.perform(learning(profile, ['sh', '-c', starts]));
      assert.is(learned.status, 0, learned.stderr);
    });
    const base = stage.rulesetIn(profile);
    const command = ['sh', '-ec', script];
    assert.is((await stage.perform(command)).status, 0, 'without a profile');
    const seen = await deployUntilItPasses(stage, profile, command);
    assert.ok(seen > 0, 'nothing was denied at first');
    const learnedNow = stage.rulesetIn(await learnedWith(stage, command));
    assertGrantsNoMore(stage.rulesetIn(profile), base, learnedNow);
  });
}

denials.run();

function staged(name: string): Stage {
  return new Stage(`denials ${name}`, ourselves(), {
    file: 'two\nthree\n',
    'a "strange" näme': '\n',
    'directory/leaf': '\n',
    'elsewhere/leaf2': '\n',
    'tree/leaf': '\n',
  });
}

/** Runs under the profile, adds what was denied, and again. @returns how many runs were refused. */
async function deployUntilItPasses(
  stage: Stage,
  profile: string,
  command: readonly string[],
): Promise<number> {
  for (let refused = 0; refused < 12; refused++) {
    stage.reset();
    const log = join(stage.directory, 'audit.log');
    const status = await withAudit(async (records) => {
      const run = [process.execPath, ownProgram, 'run', '--log-denials', profile, '--', ...command];
      const ended = await stage.perform(['sh', '-c', 'echo $$ >&2; exec "$@"', 'sh', ...run]);
      const leader = Number.parseInt(ended.stderr, 10);
      const messages = aboutDomainOf(leader, records());
      writeFileSync(log, messages.map(line).join(''), 'latin1');
      return ended.status;
    });
    if (status === 0) return refused;
    stage.reset();
    const { status: inferred, stderr } = await llLearnInProcess(
      ['infer', '--from', profile, '-o', profile, log],
      stage.surroundings,
    );
    assert.is(inferred, 0, stderr);
    assert.not.match(stderr, /lacks nothing/, `what was denied is not in ${log}`);
  }
  throw new Error(`${command.join(' ')} never passed`);
}

/** As auditd's log has it. */
function line({ type, text }: AuditMessage): string {
  return `type=UNKNOWN[${type}] msg=${text}\n`;
}

async function learnedWith(stage: Stage, command: readonly string[]): Promise<string> {
  stage.reset();
  const profile = stage.profile('learned');
  const { status, stderr } = await stage.perform(learning(profile, command));
  assert.is(status, 0, stderr);
  return profile;
}

/** What a run needs was seen by running it freely; denials can tell no more than that. */
function assertGrantsNoMore(granting: Ruleset, base: Ruleset, learned: Ruleset): void {
  const needed = { ...learned, paths: [...base.paths, ...learned.paths] };
  const [layer] = domainOf(7, needed).layers;
  for (const { path, access } of granting.paths) {
    const granted = layer === undefined ? fsAccess() : grantedAt(layer, path);
    assert.is(formatAccess('fs', difference(access, granted)), '∅', `more than needed on ${path}`);
  }
}

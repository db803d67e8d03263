import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aboutDomainOf } from '../../tracer/audit/domain-messages.js';
import { lacksAudit, withAudit } from '../support/audit.js';
import { ownProgram } from '../support/command.js';
import { learnedOnce } from '../support/learned-once.js';
import { lacksLandlock, lacksPrograms, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { ourselves } from './performers.js';
import { learning, Stage } from './stage.js';

const spelling = suite('check spells denials as the kernel');

const lacksOtherTracer =
  testedTracer === 'permissive' ? undefined : 'done with the permissive tracer alone';
const lack =
  lacksOtherTracer ?? lacksLandlock(7) ?? lacksAudit() ?? lacksTracer() ?? lacksPrograms('bash');

/** Builtins of a shell, so that the programs that do it are allowed. */
const deeds: readonly (readonly [name: string, script: string])[] = [
  ['a file', ': < file'],
  ['a file with a strange name', ': < "a \\"strange\\" näme"'],
  ['a file of /proc', ': < /proc/cpuinfo'],
  ['a file in memory', ': < "$shared/file"'],
  ['a device', ': < /dev/zero'],
  ['a new file', ': > new'],
  ['a file that is cut to length', ': > file'],
  ['a program', './program'],
  ['a port', ': < /dev/tcp/127.0.0.1/9'],
  ['a signal to a process outside', 'kill -0 1'],
];

for (const [name, script] of deeds) {
  testWhere(spelling, lack, name, async () => {
    await inSharedMemory(async (shared) => {
      const stage = staged(name);
      const profile = stage.profile('deployed');
      await learnedOnce('bash', profile, stage.directory, async () => {
        const learned = await stage.perform(learning(profile, ['bash', '-c', 'true']));
        assert.is(learned.status, 0, learned.stderr);
      });
      const command = ['bash', '-c', `shared=${shared}; ${script}`];
      stage.reset();
      const check = await stage.perform([
        ...[process.execPath, ownProgram, 'check', '--json', profile, '--'],
        ...command,
      ]);
      rmSync(join(stage.work, 'new'), { force: true });
      const { denials } = JSON.parse(check.stderr.trimEnd().split('\n').at(-1) ?? '');
      const [first] = denials;
      const kernel = await firstRecord(stage, profile, command);
      assert.is(comparable(first.record), comparable(kernel));
    });
  });
}

spelling.run();

function staged(name: string): Stage {
  return new Stage(`spelling ${name}`, ourselves(), {
    file: 'text\n',
    'a "strange" näme': 'text\n',
    program: '#!/bin/true\n',
  });
}

async function inSharedMemory(act: (directory: string) => Promise<void>): Promise<void> {
  const directory = `/dev/shm/ll-learn-test-${process.pid}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'file'), 'text\n');
  try {
    await act(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function firstRecord(
  stage: Stage,
  profile: string,
  command: readonly string[],
): Promise<string> {
  return withAudit(async (records) => {
    const run = [process.execPath, ownProgram, 'run', '--log-denials', profile, '--', ...command];
    const { stderr } = await stage.perform(['sh', '-c', 'echo $$ >&2; exec "$@"', 'sh', ...run]);
    const messages = aboutDomainOf(Number.parseInt(stderr, 10), records());
    const access = messages.find(({ type }) => type === 1423);
    return access?.text.replace(/^audit\(.*?\): /, '') ?? 'none';
  });
}

/** Without the domain's number, and what an operation does not tell: addresses, the other process. */
function comparable(record: string): string {
  return record
    .replace(/^domain=[0-9a-f]+ /, '')
    .replace(/ [sd]addr=\S+/, '')
    .replace(/ opid=.*/, '');
}

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lacksAudit, withAudit } from '../support/audit.js';
import { type Ended, ownProgram } from '../support/command.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { performOn, stageFor } from './lessons.js';
import { performers } from './performers.js';
import { freePort } from './ports.js';
import { learning, Stage } from './stage.js';
import { workloads } from './workloads.js';

/** What `verify` tells, beside what the kernel did. */
const verifying = suite('verify and the kernel');

/** It has one way to watch. */
const lacksOtherTracer =
  testedTracer === 'permissive' ? undefined : 'done with the permissive tracer alone';
const lack = lacksOtherTracer ?? lacksLandlock(7) ?? lacksTracer();
const [root, user] = performers;

/** Deeds that the kernel refuses one by one, while the shell goes on. */
const deeds = [
  ...['cat file', 'ls directory', 'echo one > new', 'echo one >> file', 'mkdir made'],
  ...['mv file other', 'mv directory/leaf elsewhere/', 'ln directory/leaf elsewhere/hard'],
  ...['ln -s file soft', 'mkfifo pipe', 'rm file', '/usr/bin/sort file', 'kill -0 1'],
].join('; ');

/** The programs of the deeds, doing nothing. */
const starts = 'for program in cat ls mkdir mv ln mkfifo rm; do $program --version; done';

testWhere(
  verifying,
  lack ?? root?.lack ?? lacksAudit(),
  'whatever the kernel denies is foreseen, and whatever is foreseen is denied',
  async () => {
    const stage = stageOf('audited', root);
    const profile = await learned(stage, starts);
    const { stderr } = await withAudit(() => verified(stage, profile, deeds, '--json'));
    const { audit, denials } = documentIn(stderr);
    assert.is(audit, true);
    assert.ok(denials.length >= 12, `${denials.length} denials`);
    const alone = denials.filter(({ told }) => told !== 'both');
    assert.equal(alone, [], 'told by one of them alone');
  },
);

for (const workload of workloads.filter(({ name }) => /^(git|make|a script)/.test(name))) {
  testWhere(
    verifying,
    lack ?? user?.lack ?? workload.lack,
    `what was learned of ${workload.name} is verified`,
    async () => {
      if (user === undefined) return;
      const stage = stageFor(workload, user, ' verified');
      const profile = stage.profile('learned');
      const port = await freePort();
      const perform = (words: readonly string[]) => performOn(stage, workload, port, words);
      const command = workload.command(port);
      assert.is((await perform(learning(profile, command))).status, 0);
      stage.reset();
      const words = [process.execPath, ownProgram, 'verify', profile, '--', ...command];
      const { status, stderr } = await perform(words);
      assert.match(stderr, / under \S+; nothing was denied\n/);
      assert.is(status, 0, stderr);
    },
  );
}

testWhere(
  verifying,
  lack ?? user?.lack,
  'where the audit cannot be read, what was denied is tried again',
  async () => {
    const stage = stageOf('tried again', user);
    const profile = await learned(stage, starts);
    const { stderr } = await verified(stage, profile, deeds, '--json');
    const { audit, denials } = documentIn(stderr);
    assert.is(audit, false);
    const told = (right: string) =>
      new Set(denials.filter(({ blockers }) => blockers.includes(right)).map(({ told }) => told));
    for (const right of ['fs.read_file', 'fs.read_dir'])
      assert.equal(told(right), new Set(['tried']));
    // What would change something is not tried.
    for (const right of ['fs.make_dir', 'fs.refer']) assert.equal(told(right), new Set(['model']));
  },
);

for (const performer of performers) {
  testWhere(
    verifying,
    lack ?? performer.lack,
    `--fix ends in a profile that run needs no more than, by ${performer.name}`,
    async () => {
      const stage = stageOf('fixed', performer);
      const profile = await learned(stage, `${starts}; sort --version`);
      const script = 'sort file > sorted; mkdir -p kept; mv sorted kept/; cat kept/sorted';
      const fixed = await verified(stage, profile, script, '--fix');
      assert.is(fixed.status, 0, fixed.stderr);
      assert.match(fixed.stderr, /wrote \S+: what was denied was added, in \d+ rounds\n/);
      stage.reset();
      const run = [process.execPath, ownProgram, 'run', profile, '--', 'sh', '-c', script];
      const { stdout, stderr, status } = await stage.perform(run);
      assert.equal({ stdout, stderr, status }, { stdout: 'one\ntwo\n', stderr: '', status: 0 });
    },
  );
}

testWhere(
  verifying,
  lack ?? user?.lack ?? lacksRoot(),
  'for an ordinary user, what plain permissions deny is not taken for Landlock’s doing',
  async () => {
    const stage = stageOf('permitted', user);
    const profile = await learned(stage, ':');
    const wishes = ['/etc/shadow', '/etc/group', 'file'].flatMap((one) => ['--must-deny', one]);
    const { stderr, status } = await verified(stage, profile, ':', '--json', ...wishes);
    assert.is(status, 0, stderr);
    const outcomes = (path: string) =>
      documentIn(stderr)
        .probes.filter(({ by }) => by.kind === 'must-deny')
        .find((probe) => probe.path === path)
        ?.tried.map(({ how, outcome }) => `${how} ${outcome.kind}`);
    assert.equal(outcomes('/etc/shadow'), ['read permissions', 'write permissions']);
    assert.equal(outcomes('/etc/group'), ['read denied', 'write permissions']);
    assert.equal(outcomes(join(stage.work, 'file')), ['read denied', 'write denied']);
  },
);

testWhere(
  verifying,
  lack ?? user?.lack,
  'what is tried and allowed is told, and neither changed nor disturbed',
  async () => {
    const stage = stageOf('tried', user);
    const profile = await learned(stage, ':');
    const file = join(stage.work, 'file');
    const server = createServer();
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    try {
      const { port } = server.address() as { readonly port: number };
      allow(profile, file, port);
      const before = statSync(file, { bigint: true });
      const wishes = ['--must-deny', 'file', '--must-deny', `${port}`];
      const { stderr, status } = await verified(stage, profile, ':', ...wishes);
      assert.match(
        stderr,
        /allowed: read_file, write_file, truncate on \S*\/file, by the rule on /,
      );
      assert.match(stderr, /allowed: bind_tcp, connect_tcp on tcp port \d+, by the rule on port /);
      assert.not.match(stderr, /the rules tell so/);
      assert.is(status, 1);
      const after = statSync(file, { bigint: true });
      assert.equal(
        [after.mtimeNs, after.ctimeNs, after.atimeNs],
        [before.mtimeNs, before.ctimeNs, before.atimeNs],
      );
      assert.is(connections, 0);
    } finally {
      server.close();
    }
  },
);

testWhere(
  verifying,
  lack ?? user?.lack,
  'a rule on /proc/self is the command’s own, as under run',
  async () => {
    const stage = stageOf('own process', user);
    const profile = stage.profile('learned');
    const command = ['cat', '/proc/self/status'];
    assert.is((await stage.perform(learning(profile, command))).status, 0);
    assert.match(readFileSync(profile, 'utf8'), /"\/proc\/self/);
    const words = [process.execPath, ownProgram, 'verify', profile, '--', ...command];
    const { status, stdout, stderr } = await stage.perform(words);
    assert.match(stdout, /^Name:\tcat\n/);
    assert.is(status, 0, stderr);
  },
);

verifying.run();

function stageOf(name: string, performer: (typeof performers)[number] | undefined): Stage {
  if (performer === undefined) throw new Error('nobody performs it');
  const files = { file: 'two\none\n', 'directory/leaf': '\n', 'elsewhere/other': '\n' };
  return new Stage(`verify ${name}`, performer, files);
}

async function learned(stage: Stage, script: string): Promise<string> {
  const profile = stage.profile('learned');
  const { status, stderr } = await stage.perform(learning(profile, ['sh', '-c', script]));
  assert.is(status, 0, stderr);
  return profile;
}

function verified(
  stage: Stage,
  profile: string,
  script: string,
  ...options: readonly string[]
): Promise<Ended> {
  const ours = [process.execPath, ownProgram, 'verify', ...options, profile];
  return stage.perform([...ours, '--', 'sh', '-c', script]);
}

/** What the document of `--json` has, as far as it is asked for here. */
interface Document {
  readonly audit: boolean;
  readonly denials: readonly {
    readonly record: string;
    readonly blockers: readonly string[];
    readonly told: string;
  }[];
  readonly probes: readonly {
    readonly path?: string;
    readonly by: { readonly kind: string };
    readonly tried: readonly {
      readonly how: string;
      readonly outcome: { readonly kind: string };
    }[];
  }[];
}

function documentIn(stderr: string): Document {
  return JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
}

/** Rules for what would else be denied. */
function allow(profile: string, file: string, port: number): void {
  const text = readFileSync(profile, 'utf8');
  const rules = [
    `[[path_beneath]]\nallowed_access = ["read_file", "write_file", "truncate"]\nparent = ["${file}"]\n`,
    `[[net_port]]\nallowed_access = ["bind_tcp", "connect_tcp"]\nport = [${port}]\n`,
  ];
  writeFileSync(profile, text.replace(/^\[learned\]$/m, `${rules.join('\n')}\n[learned]`));
}

import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checked, libc } from '../../kernel/libc.js';
import { fsAccess, netAccess, scopeSet } from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { messageQueues } from '../../tracer/message-queues.js';
import type { OwnLayer } from '../../tracer/own-layer.js';
import { describeGap, type Gap, type GapKind } from '../../tracer/trace.js';
import { ownProgram } from '../support/command.js';
import { type Lack, lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';
import { learnedBy } from '../support/trace.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { base, fixtureProgram, lacksCompiler } from './fixtures.js';
import { type Performer, performers } from './performers.js';
import { learning, Stage } from './stage.js';

const setxattr = libc<[Buffer, Buffer, Buffer, number, number], number>(
  'int setxattr(void *path, void *name, void *value, unsigned long size, int flags)',
);
const integrity = suite('what a trace could not see');
const { E2BIG, EBADF, EBUSY, EDOM, EINVAL, EPERM } = constants.errno;
const [root, ordinary] = performers as readonly [Performer, Performer];

/** Holds up the second thread of a process, which is the supervisor's, and tells who is left at its end. */
const supervisorLoadsSlowly = `
const threads = require('node:worker_threads');
if (threads.threadId === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
if (threads.isMainThread) {
  let left = 0;
  threads.Worker = class extends threads.Worker {
    constructor(...words) {
      super(...words);
      left += 1;
      this.once('exit', () => { left -= 1; });
    }
  };
  require('node:module').syncBuiltinESMExports();
  process.on('exit', () => require('node:fs').writeSync(2, \`threads left at the end: \${left}\\n\`));
}
`;

/** One thing that cannot be seen through. */
interface Case {
  readonly how: string;
  readonly by: readonly Performer[];
  readonly kind: GapKind;
  /** What the gap says of it, after the program's name. */
  readonly said?: string;
  /** The errno that it prints, where it is another than without a tracer. */
  readonly errno?: number;
  readonly lack?: Lack;
  /** Whether strace does not see it either. */
  readonly both?: true;
}

const cases: readonly Case[] = [
  { how: 'io-uring', by: performers, kind: 'io-uring', both: true },
  { how: 'foreign-call', by: performers, kind: 'foreign-architecture', lack: lacksX86() },
  { how: 'second-abi', by: performers, kind: 'foreign-architecture', lack: lacksX86() },
  { how: 'listener', by: performers, kind: 'own-listener', errno: EBUSY },
  { how: 'unshare-mounts', by: [root], kind: 'namespace', said: ' called unshare', both: true },
  { how: 'unshare-processes', by: [root], kind: 'namespace', said: ' called unshare', both: true },
  { how: 'clone-mounts', by: [root], kind: 'namespace', said: ' called clone', both: true },
  { how: 'clone3-mounts', by: [root], kind: 'namespace', said: ' called clone3', both: true },
  { how: 'clone3-users', by: performers, kind: 'namespace', said: ' called clone3', both: true },
  { how: 'enter-mounts', by: [root], kind: 'namespace', said: ' called setns', both: true },
];

for (const { how, by, kind, said = '', errno, lack, both } of cases) {
  for (const performer of by) {
    testWhere(
      integrity,
      lack ?? (both ? lacksBoth(performer) : lacks(performer)),
      `${how} is told, by ${performer.name}`,
      async () => {
        const attempt = new Attempt(how, performer);
        await attempt.isRefused({ kind, detail: `${attempt.program}${said}` }, errno);
      },
    );
  }
}

for (const performer of performers) {
  const by = `by ${performer.name}`;
  const lack = lacksBoth(performer) ?? lacksLandlock(6);

  testWhere(integrity, lack, `layers of its own are told with their rules, ${by}`, async () => {
    const attempt = new Attempt('domains', performer);
    const first = layerOf(1, { handledFs: fsAccess('make_sock') });
    const second = layerOf(2, {
      handledFs: fsAccess('read_file', 'read_dir'),
      handledNet: netAccess('connect_tcp'),
      scoped: scopeSet('signal'),
      paths: [{ path: attempt.work, access: fsAccess('read_file', 'read_dir') }],
      ports: [{ port: 443, access: netAccess('connect_tcp') }],
    });
    const [one, two, ...more] = await attempt.gapsWhenTold();
    assert.equal(more, []);
    assert.equal(one, { kind: 'own-domain', detail: attempt.program, layer: first });
    assert.is(two?.detail, attempt.program);
    if (testedTracer === 'permissive') assert.equal(two?.layer, second);
    // What strace does not show depends on its age.
    assert.equal(two?.layer?.ruleset.paths, second.ruleset.paths);
  });

  testWhere(integrity, lack, `layers are told as far as the kernel takes them, ${by}`, async () => {
    const gaps = await new Attempt('domains-too-many', performer).gapsWhenTold(E2BIG);
    assert.equal(
      gaps.map(({ kind, layer }) => [kind, layer?.number]),
      Array.from({ length: 16 }, (_, index) => ['own-domain', index + 1]),
    );
  });

  testWhere(integrity, lack, `a layer that the kernel refuses is nothing to tell, ${by}`, () =>
    new Attempt('no-domain', performer).isWhole(undefined, EBADF),
  );
}

testWhere(integrity, lacksBoth(ordinary), 'a profile from such a trace says so', async () => {
  const attempt = new Attempt('io-uring', ordinary);
  await attempt.isWritten({ kind: 'io-uring', detail: attempt.program });
});

testWhere(integrity, lacks(root), 'a file opened by its handle is told', async () => {
  const attempt = new Attempt('handle', root);
  await attempt.isRefused({
    kind: 'unresolved',
    detail: `a file that ${attempt.program} opened by its handle`,
  });
});

testWhere(integrity, lacks(ordinary), 'memory that may not be read is told', async () => {
  const attempt = new Attempt('undumpable', ordinary, 'unreadable');
  chmodSync(attempt.program, 0o111); // Its owner may be who runs it.
  const detail = 'a call of unreadable, which may not be looked at,';
  await attempt.isRefused({ kind: 'unresolved', detail });
});

for (const performer of performers) {
  testWhere(
    integrity,
    lacks(performer),
    `memory that a program hides is read while it is watched, by ${performer.name}`,
    () => new Attempt('undumpable', performer).isWhole('letter'),
  );
}

for (const [mode, bit] of [
  ['set-user-id', 0o4000],
  ['set-group-id', 0o2000],
] as const) {
  testWhere(
    integrity,
    lacksRoot() ?? lacksBoth(ordinary),
    `a ${mode} program of another is told`,
    async () => {
      const attempt = new Attempt('nothing', ordinary, mode);
      chmodSync(attempt.program, 0o755 | bit);
      await attempt.isRefused({ kind: 'privileged-program', detail: attempt.program });
    },
  );
}

testWhere(
  integrity,
  lacksRoot() ?? lacksBoth(ordinary),
  'a program with capabilities is told',
  async () => {
    const attempt = new Attempt('nothing', ordinary, 'capable');
    giveCapabilities(attempt.program);
    await attempt.isRefused({ kind: 'privileged-program', detail: attempt.program });
  },
);

testWhere(integrity, lacksStraceTest(root), 'another root is told with strace', () => {
  const attempt = new Attempt('chroot', root);
  return attempt.isRefused({ kind: 'namespace', detail: `${attempt.program} called chroot` });
});

testWhere(integrity, lacksStraceTest(ordinary), 'unreadable memory is told with strace', () => {
  const attempt = new Attempt('undumpable', ordinary);
  return attempt.isRefused({ kind: 'unresolved', detail: `openat by ${attempt.program}` });
});

testWhere(integrity, lacksStraceTest(ordinary), 'a listener of its own is told with strace', () => {
  const attempt = new Attempt('listener', ordinary);
  return attempt.isRefused({ kind: 'own-listener', detail: attempt.program });
});

testWhere(integrity, lacksBoth(ordinary), 'a message queue that has no path is told', async () => {
  if (messageQueues('self') !== undefined) return;
  const attempt = new Attempt('queue', ordinary);
  const why = 'as no file system of type mqueue is mounted,';
  const detail = `the message queue ll-learn-lost of ${attempt.program}, ${why}`;
  await attempt.isRefused({ kind: 'unresolved', detail });
});

testWhere(
  integrity,
  lacks(ordinary),
  'a path that is too long to be asked for is told',
  async () => {
    const attempt = new Attempt('deep', ordinary);
    const detail = `a path of ${attempt.program} that is longer than 4096 bytes`;
    await attempt.isRefused({ kind: 'unresolved', detail });
  },
);

testWhere(integrity, lacks(root), 'another root is nothing to tell', () =>
  new Attempt('chroot', root).isWhole(),
);

testWhere(integrity, lacksBoth(root), 'another network that is entered is nothing to tell', () =>
  new Attempt('enter-network', root).isWhole(),
);

testWhere(integrity, lacksBoth(ordinary), 'a namespace that was refused is nothing to tell', () =>
  new Attempt('unshare-mounts', ordinary).isWhole(undefined, EPERM),
);

testWhere(
  integrity,
  lacksBoth(root),
  'a set-user-id program of one’s own is nothing to tell',
  () => {
    const attempt = new Attempt('nothing', root, 'own-set-user-id');
    chmodSync(attempt.program, 0o4755);
    return attempt.isWhole();
  },
);

for (const performer of performers) {
  testWhere(
    integrity,
    lacksBoth(performer),
    `a program's own filter hides nothing, by ${performer.name}`,
    () => new Attempt('filter', performer).isWhole('letter', EDOM),
  );

  testWhere(
    integrity,
    lacksBoth(performer),
    `io_uring that was refused is nothing to tell, by ${performer.name}`,
    () => new Attempt('no-io-uring', performer).isWhole(undefined, EINVAL),
  );

  testWhere(
    integrity,
    lacksBoth(performer),
    `another network is nothing to tell, by ${performer.name}`,
    () => new Attempt('clone3-network', performer).isWhole(),
  );

  testWhere(
    integrity,
    lacks(performer),
    `we in ourselves say why not, by ${performer.name}`,
    async () => {
      const stage = new Stage('nested', performer);
      const inner = learning(stage.profile('inner'), ['touch', 'made']);
      const words = learning(stage.profile('outer'), ['sh', '-c', '"$@"; echo $?', 'sh', ...inner]);
      const { status, stdout, stderr } = await stage.perform(words);
      assert.is(status, 1);
      assert.is(stdout, '2\n');
      assert.match(
        stderr,
        /^ll-learn: nothing was run, .*: something supervises .* already, such as another ll-learn/m,
      );
      assert.match(
        stderr,
        /wanted to supervise system calls itself, which is refused while we do \(EBUSY\)/,
      );
      assert.not(existsSync(join(stage.work, 'made')));
      assert.ok(inner.includes(ownProgram));
    },
  );

  testWhere(
    integrity,
    lacks(performer),
    `a refusal waits for our thread that is still being loaded, by ${performer.name}`,
    async () => {
      const stage = new Stage('nested', performer);
      const preload = join(stage.work, 'preload.cjs');
      writeFileSync(preload, supervisorLoadsSlowly);
      const inner = learning(stage.profile('inner'), ['touch', 'made']);
      const script = `NODE_OPTIONS='--require ${preload}' "$@"`;
      const words = learning(stage.profile('outer'), ['sh', '-c', script, 'sh', ...inner]);
      const { stderr } = await stage.perform(words);
      assert.match(stderr, /^threads left at the end: 0$/m);
    },
  );
}

integrity.run();

/** The fixture program lose-sight, told one thing, in a place of its own. */
class Attempt {
  readonly program: string;
  /** Where it is run. */
  readonly work: string;
  readonly #stage: Stage;
  readonly #how: string;
  readonly #trace: string;
  readonly #profile: string;

  /** @param copy - the name of a copy of the program that is run in its place. */
  constructor(how: string, performer: Performer, copy?: string) {
    const program = fixtureProgram('lose-sight');
    this.program = copy === undefined ? program : join(base, copy);
    if (copy !== undefined) copyFileSync(program, this.program);
    this.#how = how;
    this.#stage = new Stage(`losing ${copy ?? how}`, performer, { letter: 'private\n' });
    this.work = this.#stage.work;
    this.#trace = join(this.#stage.directory, 'trace.jsonl');
    this.#profile = this.#stage.profile('learned');
  }

  /** It does the same as without us, and no profile comes of it, for this one reason. */
  async isRefused(gap: Gap, errno?: number): Promise<void> {
    assert.equal(await this.gapsWhenRefused(errno), [gap]);
  }

  /** @returns what the trace says that it did not see, of which people are told as well. */
  async gapsWhenRefused(errno?: number): Promise<readonly Gap[]> {
    const { status, stdout, stderr } = await this.#learn();
    assert.is(stdout, errno === undefined ? (await this.#bare()).stdout : `${errno}\n`);
    assert.is(status, 1, stderr);
    assert.not(existsSync(this.#profile));
    const { gaps } = await learnedBy(this.#trace, this.program);
    assert.match(stderr, /^ll-learn: the trace has gaps, so .* was not written/);
    const told = gaps.map((gap) => `  ${describeGap(gap)}\n`).join('');
    assert.ok(stderr.endsWith(`:\n${told}`), stderr);
    return gaps;
  }

  /** What is told with a trace that misses nothing, so that its profile is written. */
  async gapsWhenTold(errno?: number): Promise<readonly Gap[]> {
    const { status, stdout, stderr } = await this.#learn();
    assert.is(stdout, errno === undefined ? (await this.#bare()).stdout : `${errno}\n`);
    assert.is(status, 0, stderr);
    const { gaps } = await learnedBy(this.#trace, this.program);
    const profile = readFileSync(this.#profile, 'utf8');
    for (const gap of gaps) {
      assert.ok(stderr.includes(`! ${describeGap(gap)}\n`), stderr);
      assert.ok(profile.includes(describeGap(gap)), profile);
    }
    return gaps;
  }

  /** The profile is written all the same when that is wanted, and says so. */
  async isWritten(gap: Gap): Promise<void> {
    const { status, stderr } = await this.#learn('--allow-incomplete');
    assert.is(status, 0, stderr);
    assert.match(stderr, `! ${describeGap(gap)}\n`);
    assert.match(readFileSync(this.#profile, 'utf8'), describeGap(gap));
  }

  /** Nothing was missed, and this file was seen being opened. */
  async isWhole(opened?: string, errno = 0): Promise<void> {
    const { status, stdout, stderr } = await this.#learn();
    assert.is(status, 0, stderr);
    assert.is(stdout, (await this.#bare()).stdout);
    if (errno !== 0) assert.is(stdout, `${errno}\n`);
    const { operations, gaps } = await learnedBy(this.#trace, this.program);
    assert.equal(gaps, []);
    const names = operations.flatMap((operation) =>
      operation.kind === 'open' ? [operation.path] : [],
    );
    assert.equal(names, opened === undefined ? [] : [join(this.#stage.work, opened)]);
  }

  #bare() {
    return this.#stage.perform([this.program, this.#how]);
  }

  #learn(...options: readonly string[]) {
    const command = [this.program, this.#how];
    const words = learning(this.#profile, command, '--trace', this.#trace, ...options);
    return this.#stage.perform(words);
  }
}

/** CAP_NET_BIND_SERVICE, permitted, as struct vfs_cap_data has it. */
function giveCapabilities(program: string): void {
  const value = Buffer.alloc(20);
  value.writeUInt32LE(0x02000000, 0);
  value.writeUInt32LE(1 << 10, 4);
  const name = Buffer.from('security.capability\0');
  checked('setxattr', setxattr(Buffer.from(`${program}\0`), name, value, value.length, 0));
}

/** One layer, that is wholly known. */
function layerOf(number: number, parts: Partial<Ruleset>): OwnLayer {
  const nothing = { handledFs: fsAccess(), handledNet: netAccess(), scoped: scopeSet() };
  const ruleset = { ...nothing, paths: [], ports: [], ...parts };
  return { number, ruleset, flags: 0, complete: true };
}

function lacks(performer: Performer): Lack {
  return lacksOtherTracer() ?? lacksBoth(performer);
}

/** For what both tracers see. */
function lacksBoth(performer: Performer): Lack {
  return performer.lack ?? lacksCompiler() ?? lacksLandlock() ?? lacksTracer();
}

/** For what is a gap with strace alone. */
function lacksStraceTest(performer: Performer): Lack {
  if (testedTracer !== 'strace') return 'these gaps are those of the tracer strace';
  return lacksBoth(performer);
}

function lacksOtherTracer(): Lack {
  if (testedTracer === 'permissive') return undefined;
  return 'these gaps are those of the tracer permissive';
}

/** Only there can a program of 64 bits make calls of 32. */
function lacksX86(): Lack {
  return process.arch === 'x64' ? undefined : `${process.arch} has one kind of call alone`;
}

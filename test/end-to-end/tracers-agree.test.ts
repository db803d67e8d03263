import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordedOperation, TracerName } from '../../tracer/trace.js';
import { readTrace } from '../../tracer/trace-file.js';
import { type Lack, lacksPrograms, lacksStrace, testWhere } from '../support/requirements.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { lessonOf, performOn, stageFor } from './lessons.js';
import { type Performer, performers } from './performers.js';
import { freePort } from './ports.js';
import { learningBy, type Stage } from './stage.js';
import { type Workload, workloads } from './workloads.js';

/** See docs/tracers.md: what is different here is a fault of one of them, or stands there. */
const agreement = suite('both tracers see the same');

/** These suites are run once a tracer, and the two need to be compared only once. */
const lacksTurn: Lack =
  testedTracer === 'permissive' ? undefined : 'tracers are compared where permissive is tested';

/** Calls that the kernel refuses, each before or after Landlock is asked; and files without names. */
const refusals: Workload = {
  name: 'calls that are refused, and files without names',
  lack: lacksPrograms('/usr/bin/python3'),
  files: { file: 'text\n', 'full/leaf': '', other: '' },
  command: () => [
    '/usr/bin/python3',
    '-c',
    `import os, signal, socket
def refused(call, *words, **options):
  try: call(*words, **options)
  except OSError: return
  raise SystemExit(f'{call.__name__} {words} was not refused')
os.mkdir('empty')
os.symlink('full', 'link')
os.symlink('nowhere', 'dangling')
for name in ['full', 'link', 'dangling', 'dangling/', '.', '/', 'file/x', 'missing/x', 'x' * 300]:
  refused(os.mkdir, name)
for name in ['full', 'full/', 'file/', 'link/', 'missing', '.']: refused(os.unlink, name)
for name in ['full', 'file', 'link', 'link/', 'missing', '.', 'full/..', '/']: refused(os.rmdir, name)
for names in [('file', 'full'), ('full', 'file'), ('empty', 'full'), ('full', 'full/in'),
  ('full/leaf', 'full'), ('missing', 'new'), ('file', '.')]: refused(os.rename, *names)
os.rename('file', 'file')
for names in [('file', 'other'), ('missing', 'new'), ('file', 'new/'), ('file', 'file/new')]:
  refused(os.link, *names)
refused(os.symlink, '', 'new')
refused(os.mkfifo, 'new/')
for name, flags in [('full', os.O_WRONLY), ('full', os.O_CREAT), ('file', os.O_DIRECTORY),
  ('new/', os.O_CREAT), ('link', os.O_NOFOLLOW), ('file', os.O_CREAT | os.O_EXCL),
  ('dangling', os.O_CREAT | os.O_EXCL), ('.', os.O_TMPFILE), ('file', os.O_TMPFILE | os.O_RDWR)]:
  refused(os.open, name, flags)
server = socket.socket(socket.AF_UNIX)
server.bind('socket')
refused(server.bind, 'second')
refused(os.open, 'socket', os.O_RDONLY)
refused(socket.socket(socket.AF_UNIX).connect, 'file')
refused(socket.socket().bind, ('192.0.2.1', 4))
refused(os.truncate, 'full', 0)
refused(os.truncate, 'file', -1)
refused(os.kill, 2 ** 22 + 1, 0)
if os.getuid() != 0:
  refused(os.link, '/etc/hostname', 'new')
  refused(os.kill, 1, 0)
os.kill(os.getpid(), 0)
nameless = os.open('.', os.O_TMPFILE | os.O_RDWR)
os.ftruncate(nameless, 1)
removed = os.open('removed', os.O_CREAT | os.O_RDWR)
os.unlink('removed')
os.ftruncate(removed, 1)
os.open(f'/proc/self/fd/{removed}', os.O_RDONLY)`,
  ],
};

for (const workload of [...workloads, refusals]) {
  for (const performer of performers) {
    const lack = lacksTurn ?? workload.lack ?? performer.lack ?? lacksTracer() ?? lacksStrace();
    const who = `${workload.name}, by ${performer.name}`;
    let both: Promise<readonly [Seen, Seen]> | undefined;
    const seen = () => {
      both ??= Promise.all([
        workload === refusals
          ? seenBy('permissive', workload, performer)
          : seenInLesson(workload, performer),
        seenBy('strace', workload, performer),
      ]);
      return both;
    };

    testWhere(agreement, lack, `${who}: the same operations`, async () => {
      const [permissive, strace] = await seen();
      assert.ok(permissive.operations.length > 0, 'there are operations');
      agree(permissive.operations, strace.operations);
    });

    testWhere(agreement, lack, `${who}: the same profile`, async () => {
      const [permissive, strace] = await seen();
      assert.ok(permissive.profile.length > 0, 'there are rules');
      agree(permissive.profile, strace.profile);
    });
  }
}

agreement.run();

/** What one tracer saw of a workload and made of it, as sorted lines. */
interface Seen {
  readonly operations: readonly string[];
  readonly profile: readonly string[];
}

/** What the permissive tracer saw when the workload was learned for other suites. */
async function seenInLesson(workload: Workload, performer: Performer): Promise<Seen> {
  const { stage, port, trace, learned } = await lessonOf(workload, performer);
  const { status, stderr, text = '' } = learned[1];
  assert.is(status, 0, stderr);
  return seenOn(stage, port, trace, text);
}

/** Each tracer has a stage of its own, in the same state as the other's. */
async function seenBy(tracer: TracerName, workload: Workload, performer: Performer): Promise<Seen> {
  const stage = stageFor(workload, performer, ` seen by ${tracer}`);
  const port = await freePort();
  const profile = stage.profile('learned');
  const trace = join(stage.directory, 'trace.jsonl');
  const words = learningBy(tracer, profile, workload.command(port), '--trace', trace);
  const { status, stderr } = await performOn(stage, workload, port, words);
  assert.is(status, 0, stderr);
  return seenOn(stage, port, trace, readFileSync(profile, 'utf8'));
}

/** What a trace and the profile that was made with it tell, wherever and at whichever port. */
async function seenOn(stage: Stage, port: number, trace: string, profile: string): Promise<Seen> {
  const onNeutralGround = (text: string) =>
    text.replaceAll(stage.directory, '{stage}').replaceAll(String(port), '{port}');
  const { operations, integrity } = await readTrace(trace);
  assert.equal(integrity, []);
  return {
    operations: distinct([...operations].map((one) => onNeutralGround(comparable(one)))),
    profile: distinct(rulesOf(profile).map(onNeutralGround)),
  };
}

/**
 * An operation, its caller and its call, without what differs rightly:
 * - how often, since programs wait and try again as long as it takes;
 * - the call's result, since the permissive tracer sees what is asked and not how it ends;
 * - what a rename replaced, since strace sees how it ended and not what it met;
 * - random names and process ids, which are the program's own.
 */
function comparable({ operation, executable, call }: RecordedOperation): string {
  const seenByBoth = operation.kind === 'rename' ? { ...operation, replaced: '?' } : operation;
  const { kind, ...rest } = seenByBoth;
  return withoutChance(`${executable} by ${call}: ${kind} ${JSON.stringify(rest)}`);
}

/** mktemp(1) and mkdtemp(3), git's temporary files and links, gcc's; each with its random part. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\/tmp\.\w{10}\b/g, '/tmp.{random}')
    .replaceAll(/\/(tmp_(?:obj|idx|pack)|refs|packs)_\w{6}\b/g, '/$1_{random}')
    .replaceAll(/\/\.git\/t\w{6}"/g, '/.git/t{random}"')
    .replaceAll(/\/\.tmp-\d+-pack-/g, '/.tmp-{pid}-pack-')
    .replaceAll(/\/temporary\/cc\w{6}\b/g, '/temporary/cc{random}');
}

/** The tables of a profile, one a line: without comments, and without the tracer's name. */
function rulesOf(profile: string): readonly string[] {
  return profile
    .replaceAll(/^#.*\n/gm, '')
    .split('\n\n')
    .map((table) => table.trim().replaceAll('\n', ' '))
    .filter((table) => table !== '' && !table.startsWith('[learned]'));
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].sort();
}

/** Lists hundreds of lines long are not for uvu to compare: only what differs is shown. */
function agree(permissive: readonly string[], strace: readonly string[]): void {
  const differences = [
    ...permissive
      .filter((line) => !strace.includes(line))
      .map((line) => `permissive alone: ${line}`),
    ...strace.filter((line) => !permissive.includes(line)).map((line) => `strace alone: ${line}`),
  ];
  assert.is(differences.length, 0, differences.join('\n'));
}

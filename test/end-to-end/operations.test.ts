import { constants } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLinux } from '../../kernel/release.js';
import type { Operation } from '../../landlock/operation.js';
import type { GapKind } from '../../tracer/trace.js';
import { readTrace } from '../../tracer/trace-file.js';
import { type Lack, lacksLandlock, testWhere } from '../support/requirements.js';
import { learnedBy } from '../support/trace.js';
import { lacksTracer, testedTracer } from '../support/tracer.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import { type Performer, performers } from './performers.js';
import { enforcing, learning, Stage } from './stage.js';

const operations = suite('what calls ask for');
const { EACCES, EEXIST, EFAULT, EINVAL, ENAMETOOLONG, EISDIR, ELOOP } = constants.errno;
const { ENOENT, ENOTDIR, ENOTEMPTY, EXDEV } = constants.errno;
const [root, ordinary] = performers as readonly [Performer, Performer];

/** A step of the fixture program take-steps, and its errno. */
type Steps = readonly (readonly [step: string, errno: number])[];

interface Case {
  readonly title: string;
  /** What a shell does first. */
  readonly before?: string;
  readonly steps: Steps;
  /** What the steps ask for, spelled by `spelled`. */
  readonly asked: readonly string[];
  readonly gaps?: readonly GapKind[];
  /** Names that the steps make, remove or replace; not looked at where none are told. */
  readonly changed?: readonly string[];
  readonly by?: Performer;
  /** Why not here. */
  readonly lack?: Lack;
  /** What a shell with mounts of its own does with each run of the steps. */
  readonly within?: string;
  /** No rule allows what the steps ask for. */
  readonly unenforceable?: true;
  /** Whether both tracers are to tell the same; else it is the permissive one alone. */
  readonly both?: true;
}

const byWhoMayLinkDescriptors = isLinux(6, 10) ? {} : { by: root };

const cases: readonly Case[] = [
  {
    title: 'what is not there cannot be opened',
    steps: [
      ['open missing', ENOENT],
      ['open missing write truncate', ENOENT],
      ['open missing/file write create', ENOENT],
      ['open letter/file write create', ENOTDIR],
      ['open-nothing', EFAULT],
      [`open ${'long'.repeat(64)}`, ENAMETOOLONG],
      ['truncate missing', ENOENT],
      ['unlink missing', ENOENT],
      ['rename missing other', ENOENT],
      ['link missing other', ENOENT],
      ['mkdir missing/directory', ENOENT],
    ],
    asked: [],
  },
  {
    title: 'what plain permissions forbid asks for nothing',
    before:
      'mkdir closed fixed; touch closed/file fixed/file; chmod 0 letter closed; chmod 555 fixed',
    steps: [
      ['open letter', EACCES],
      ['open letter write truncate', EACCES],
      ['open closed', EACCES],
      ['open closed/file', EACCES],
      ['open fixed/new write create', EACCES],
      ['mkdir fixed/new', EACCES],
      ['symlink letter fixed/new', EACCES],
      ['unlink fixed/file', EACCES],
      ['rename fixed/file new', EACCES],
      ['rename letter fixed/new', EACCES],
      ['link letter fixed/new', EACCES],
      ['truncate letter', EACCES],
      ['run ./letter', EACCES],
    ],
    asked: [],
    by: ordinary,
  },
  {
    title: 'root is above plain permissions',
    before: 'mkdir closed; chmod 0 letter closed',
    steps: [
      ['open letter', 0],
      ['open closed/new write create', 0],
    ],
    asked: ['open regular letter r', 'open regular closed/new w new'],
    by: root,
  },
  {
    title: 'opens',
    steps: [
      ['open letter', 0],
      ['open letter both', 0],
      ['open letter write truncate', 0],
      ['open letter write create', 0],
      ['open letter write create exclusive', EEXIST],
      ['open one write create', 0],
      ['open two both create exclusive', 0],
      ['open letter path', 0],
      ['open three write create truncate', 0],
    ],
    asked: [
      'open regular letter r',
      'open regular letter rw',
      'open regular letter wt',
      'open regular letter w existing',
      'open regular one w new',
      'open regular two rw exclusive',
      'open regular three wt new',
    ],
  },
  {
    title: 'directories and files taken for one another',
    before: 'mkdir directory; touch directory/file',
    steps: [
      ['open directory', 0],
      ['open directory/', 0],
      ['open directory directory', 0],
      ['open directory write', EISDIR],
      ['open directory create', EISDIR],
      ['open letter directory', ENOTDIR],
      ['open letter/', ENOTDIR],
      ['open new/ write create', EISDIR],
      ['truncate directory', EISDIR],
      ['run ./directory', EACCES],
    ],
    asked: ['open directory directory r'],
  },
  {
    title: 'names that are taken',
    before: 'mkdir directory; ln -s nowhere dangling',
    steps: [
      ['mkdir directory', EEXIST],
      ['mkdir letter', EEXIST],
      ['mkdir dangling', EEXIST],
      ['mkdir .', EEXIST],
      ['mkdir directory/..', EEXIST],
      ['mkfifo letter', EEXIST],
      ['symlink letter directory', EEXIST],
      ['link letter directory', EEXIST],
      ['open dangling write create exclusive', EEXIST],
      ['rename letter directory noreplace', EEXIST],
    ],
    asked: [],
  },
  {
    title: 'new names',
    steps: [
      ['mkdir directory', 0],
      ['mkdir other/', 0],
      ['mkfifo directory/fifo', 0],
      ['symlink nowhere directory/symlink', 0],
      ['link letter directory/letter', 0],
      ['unlink directory/symlink', 0],
      ['unlink other remove-directory', 0],
      ['unlink directory/fifo', 0],
    ],
    asked: [
      'make directory directory',
      'make directory other',
      'make fifo directory/fifo',
      'make symlink directory/symlink',
      'link regular letter directory/letter',
      'remove symlink directory/symlink',
      'remove directory other',
      'remove fifo directory/fifo',
    ],
  },
  {
    title: 'slashes behind names',
    before: 'mkdir directory; ln -s directory link; ln -s nowhere dangling; touch directory/file',
    steps: [
      ['unlink letter/', ENOTDIR],
      ['unlink directory/', EISDIR],
      ['unlink link/', ENOTDIR],
      ['mkfifo new/', ENOENT],
      ['symlink letter new/', ENOENT],
      ['link letter new/', ENOENT],
      ['mkdir dangling/', EEXIST],
      ['rename letter new/', ENOTDIR],
      ['rename letter/ new', ENOTDIR],
      ['rename link/ new', ENOTDIR],
      ['open link/ nofollow', 0],
      ['rename directory/ moved/', 0],
    ],
    asked: ['open directory directory r', 'rename directory directory moved'],
  },
  {
    title: 'dots for names',
    before: 'mkdir directory directory/inner',
    steps: [
      ['unlink directory/. remove-directory', EINVAL],
      ['unlink directory/inner/.. remove-directory', ENOTEMPTY],
      ['unlink directory/.', EISDIR],
      ['rename directory/. other', constants.errno.EBUSY],
      ['open ./directory/../directory/.', 0],
    ],
    asked: ['open directory directory r'],
  },
  {
    title: 'symlinks',
    before:
      'mkdir -p real/deep; ln -s real/deep link; ln -s ../letter real/letter; ln -s nowhere dangling; ln -s made making; ln -s loop loop',
    steps: [
      ['open link/../letter', 0],
      ['open link/new write create', 0],
      ['open dangling', ENOENT],
      ['open making write create', 0],
      ['open making nofollow', ELOOP],
      ['open dangling write create nofollow', ELOOP],
      ['open loop', ELOOP],
      ['open loop write create', ELOOP],
      ['truncate real/letter', 0],
      ['unlink making', 0],
    ],
    asked: [
      'open regular letter r',
      'open regular real/deep/new w new',
      'open regular made w new',
      'truncate letter',
      'remove symlink making',
    ],
  },
  {
    title: 'links to processes and descriptors',
    steps: [
      ['open letter', 0],
      ['open /proc/self/fd/%d', 0],
      ['open /dev/fd/%d', 0],
      ['open /proc/self/cwd/letter both', 0],
      ['open /proc/thread-self/status', 0],
      ['open /proc/self/status', 0],
      ['open /dev/stdin', 0],
      ['open /dev/null write', 0],
    ],
    asked: [
      'open regular letter r',
      'open regular letter rw',
      'open regular /proc/self/task/[tid]/status r',
      'open regular /proc/self/status r',
      'open char-device /dev/null r',
      'open char-device /dev/null w',
    ],
  },
  {
    title: 'a file in memory',
    steps: [
      ['open-memory', 0],
      ['open /proc/self/fd/%d', 0],
      ['open /dev/fd/%d both', 0],
      ['shorten', 0],
      ['truncate /proc/self/fd/%d', 0],
    ],
    asked: [],
    both: true,
  },
  {
    title: 'names in a directory that is open',
    before: 'mkdir directory',
    steps: [
      ['at directory', 0],
      ['open file write create', 0],
      ['open ../letter', 0],
      ['mkdir inner', 0],
      ['rename file inner/file', 0],
      ['unlink inner/file', 0],
    ],
    asked: [
      'open regular directory/file w new',
      'open regular letter r',
      'make directory directory/inner',
      'rename regular directory/file directory/inner/file',
      'remove regular directory/inner/file',
    ],
  },
  {
    title: 'a working directory that is gone',
    before: 'mkdir gone',
    steps: [
      ['chdir gone', 0],
      ['unlink ../gone remove-directory', 0],
      ['open new write create', ENOENT],
      ['mkdir new', ENOENT],
      ['open ../letter', 0],
      ['open .', 0],
    ],
    asked: ['remove directory gone', 'open regular letter r', 'open directory gone r'],
  },
  {
    title: 'a file without a name gets one by its descriptor',
    both: true,
    steps: [
      ['open . both unnamed', 0],
      ['link /proc/self/fd/%d named follow', 0],
      ['open named', 0],
    ],
    asked: ['open-unnamed . rw', 'link regular [n] named', 'open regular named r'],
  },
  {
    title: 'a file without a name gets one by the descriptor alone',
    both: true,
    ...byWhoMayLinkDescriptors,
    before: 'mkdir directory',
    steps: [
      ['open . both unnamed', 0],
      ['link-descriptor named', 0],
      ['open directory write unnamed', 0],
      ['link-descriptor directory/named', 0],
      ['link-descriptor elsewhere', 0],
      ['open named', 0],
    ],
    asked: [
      'open-unnamed . rw',
      'link regular [n] named',
      'open-unnamed directory w',
      'link regular directory/[n] directory/named',
      'link regular directory/[n] elsewhere',
      'open regular named r',
    ],
    changed: ['named', 'directory/named', 'elsewhere', '[n]', 'directory/[n]'],
  },
  {
    title: 'a descriptor alone names no file, before Linux 6.10, for who may not read all',
    lack: isLinux(6, 10) ? 'Linux 6.10 lets everybody link by a descriptor alone' : undefined,
    both: true,
    steps: [
      ['open letter both', 0],
      ['link-descriptor second', ENOENT],
    ],
    asked: ['open regular letter rw'],
  },
  {
    title: 'a file gets a second name by its descriptor',
    both: true,
    ...byWhoMayLinkDescriptors,
    before: 'mkdir directory',
    steps: [
      ['open letter both', 0],
      ['link-descriptor second', 0],
      ['link /proc/self/fd/%d directory/third follow', 0],
      ['unlink letter', 0],
      ['link-descriptor fourth', 0],
    ],
    asked: [
      'open regular letter rw',
      'link regular letter second',
      'link regular letter directory/third',
      'remove regular letter',
      'link regular letter fourth',
    ],
    changed: ['letter', 'second', 'directory/third', 'fourth'],
  },
  {
    title: 'a file renamed onto another name of its own stays',
    both: true,
    before: 'ln letter other; mkdir directory; ln letter directory/third',
    steps: [
      ['rename letter other', 0],
      ['rename letter directory/third', 0],
      ['rename letter other exchange', 0],
      ['open letter', 0],
      ['open other', 0],
    ],
    asked: [
      'rename regular letter other replacing regular',
      'rename regular letter directory/third replacing regular',
      'rename regular letter other exchanging regular',
      'open regular letter r',
      'open regular other r',
    ],
    changed: [],
  },
  {
    title: 'renames',
    before: 'mkdir one two; echo 1 >a; echo 2 >b; echo 3 >c',
    steps: [
      ['rename a letter exchange', 0],
      ['rename a missing exchange', ENOENT],
      ['rename a b noreplace', EEXIST],
      ['rename a new noreplace', 0],
      ['rename new b', 0],
      ['rename b one/b', 0],
      ['rename one two', 0],
      ['rename c c', 0],
    ],
    asked: [
      'rename regular a letter exchanging regular',
      'rename regular a new',
      'rename regular new b replacing regular',
      'rename regular b one/b',
      'rename directory one two replacing directory',
      'rename regular c c replacing regular',
    ],
  },
  {
    title: 'a name that is given again',
    steps: [
      ['unlink letter', 0],
      ['open letter', ENOENT],
      ['open letter write create', 0],
      ['shorten', 0],
      ['open letter', 0],
    ],
    asked: [
      'remove regular letter',
      'open regular letter w new',
      'truncate letter',
      'open regular letter r',
    ],
  },
  {
    title: 'another user from now on',
    before: 'chmod 600 letter; chmod 755 .',
    steps: [
      ['open letter', 0],
      ['become 65534', 0],
      ['open letter both', EACCES],
      ['open new write create', EACCES],
      ['open .', 0],
    ],
    asked: ['open regular letter r', 'open directory . r'],
    by: root,
  },
  {
    title: 'another user in front of a closed directory',
    before: 'mkdir closed half; : >closed/file; : >half/file; chmod 700 closed; chmod 711 half',
    steps: [
      ['open closed/file', 0],
      ['become 65534', 0],
      ['open closed/file both', EACCES],
      ['open half', EACCES],
      ['open half/file', 0],
    ],
    asked: ['open regular closed/file r', 'open regular half/file r'],
    by: root,
  },
  {
    title: 'another user for files alone',
    before: 'chmod 600 letter; chmod 755 .',
    steps: [
      ['become-for-files 65534', 0],
      ['open letter', EACCES],
      ['become-for-files 0', 0],
      ['open letter both', 0],
    ],
    asked: ['open regular letter rw'],
    by: root,
  },
  {
    title: 'root without its power over permissions',
    before:
      'chown 65534 letter; chmod 600 letter; chmod 755 .; mkdir closed; : >closed/file; chown 65534 closed; chmod 700 closed',
    steps: [
      ['open letter', 0],
      ['open closed/file', 0],
      ['give-up-override', 0],
      ['open letter both', EACCES],
      ['open closed/file both', EACCES],
      ['open closed/new write create', EACCES],
      ['open new write create', 0],
    ],
    asked: ['open regular letter r', 'open regular closed/file r', 'open regular new w new'],
    by: root,
  },
  {
    title: 'another root from now on',
    before:
      'mkdir -p jail/inner jail/deep/er; echo 1 >jail/letter; ln -s /deep/er jail/absolute; ln -s ../../../letter jail/deep/er/up; ln -s /inner/made jail/making',
    steps: [
      ['open letter', 0],
      ['chroot jail', 0],
      ['chdir /', 0],
      ['open /letter', 0],
      ['open letter write', 0],
      ['at inner', 0],
      ['open ../letter both', 0],
      ['open ../../../letter write truncate', 0],
      ['open /absolute', 0],
      ['open /absolute/up', 0],
      ['open /absolute/../../letter/', ENOTDIR],
      ['open /making write create', 0],
      ['open /proc/self/status', ENOENT],
      ['mkdir /absolute/new', 0],
      ['rename /absolute/new /inner/new', 0],
      ['unlink /making', 0],
      ['chdir /absolute', 0],
      ['at .', 0],
      ['open ../../letter', 0],
    ],
    asked: [
      'open regular letter r',
      'open regular jail/letter r',
      'open regular jail/letter w',
      'open regular jail/letter rw',
      'open regular jail/letter wt',
      'open directory jail/deep/er r',
      'open regular jail/inner/made w new',
      'make directory jail/deep/er/new',
      'rename directory jail/deep/er/new jail/inner/new',
      'remove symlink jail/making',
    ],
    by: root,
  },
  {
    title: 'mounts of its own',
    before:
      'mkdir -p source/inner place jail; echo 1 >source/letter; ln -s /inner source/absolute; ln -s letter source/link; : >place/hidden',
    steps: [
      ['unshare-mounts', 0],
      ['open letter', 0],
      ['bind source place', 0],
      ['open place/link', 0],
      ['open place/hidden', ENOENT],
      ['open place/new write create', 0],
      ['chdir place', 0],
      ['open ../place/letter both', 0],
      ['chdir ..', 0],
      ['bind source jail', 0],
      ['chroot jail', 0],
      ['open /absolute', 0],
      ['open /inner/../letter', 0],
      ['open jail/letter', 0],
    ],
    asked: [
      'change-topology',
      'open regular letter r',
      'open regular place/letter r',
      'open regular place/new w new',
      'open regular place/letter rw',
      'open directory jail/inner r',
      'open regular jail/letter r',
    ],
    gaps: ['namespace'],
    by: root,
    unenforceable: true,
  },
  {
    title: 'paths that are not to leave their directory',
    before:
      'mkdir -p tree/inner; : >tree/letter; ln -s /letter tree/absolute; ln -s inner tree/link; ln -s ../letter tree/out',
    steps: [
      ['at tree', 0],
      ['open-scoped /letter in-root', 0],
      ['open-scoped ../../letter in-root both', 0],
      ['open-scoped absolute in-root write', 0],
      ['open-scoped /absolute/x in-root write create', ENOTDIR],
      ['open-scoped letter beneath', 0],
      ['open-scoped ../letter beneath both', EXDEV],
      ['open-scoped out beneath both', EXDEV],
      ['open-scoped link/../inner no-symlinks', ELOOP],
      ['open-scoped inner/../inner no-symlinks', 0],
    ],
    asked: [
      'open regular tree/letter r',
      'open regular tree/letter rw',
      'open regular tree/letter w',
      'open directory tree/inner r',
    ],
  },
  {
    title: 'calls that contradict themselves',
    before: 'mkdir directory',
    steps: [
      ['symlink-nothing new', EFAULT],
      ['remove-strangely letter', EINVAL],
      ['rename letter new exchange noreplace', EINVAL],
      ['link letter new remove-directory', EINVAL],
      ['open directory both unnamed create', EINVAL],
      ['open directory unnamed', EINVAL],
    ],
    asked: [],
  },
  {
    title: 'an address without a family',
    steps: [['bind-unspecified', 0]],
    asked: ['bind'],
  },
  {
    title: 'message queues',
    before: 'mkdir queues',
    within: 'umount /dev/mqueue || :; mount -t mqueue none queues; "$@"; umount queues',
    steps: [
      ['open-queue ll-learn-queue', ENOENT],
      ['open-queue ll-learn-queue write create', 0],
      ['open-queue ll-learn-queue both create exclusive', EEXIST],
      ['open-queue ll-learn-queue', 0],
      ['remove-queue ll-learn-queue', 0],
      ['open-queue a/b create', EACCES],
    ],
    asked: ['open regular queues/ll-learn-queue w', 'open regular queues/ll-learn-queue r'],
    by: root,
    both: true,
  },
  {
    title: 'a program beneath another root',
    before: `mkdir -p jail/bin; cp "$(command -v busybox || command -v sh)" jail/bin/sh
      mkdir jail/real; mv jail/bin/sh jail/real/program; ln -s /real/program jail/bin/sh
      printf '#!/bin/sh\\n' >jail/script; chmod +x jail/script
      for each in $(ldd jail/real/program | grep -o '/[^ ]*'); do
        mkdir -p "jail$(dirname "$each")"; cp "$each" "jail$each"
      done`,
    steps: [
      ['chroot jail', 0],
      ['chdir /', 0],
      ['run /script', 0],
    ],
    asked: ['execute jail/script jail/real/program'],
    by: root,
  },
  {
    title: 'links that lead out of the working directory through processes',
    before: 'ln -s /proc/self/status status; ln -s /proc/self/cwd here; ln -s /dev/fd/3 third',
    steps: [
      ['open letter both', 0],
      ['open third write', 0],
      ['open status', 0],
      ['open here/letter', 0],
      ['open /etc/../proc/self/status both', EACCES],
    ],
    asked: [
      'open regular letter rw',
      'open regular letter w',
      'open regular /proc/self/status r',
      'open regular letter r',
    ],
  },
  {
    title: 'links to the process of another thread',
    steps: [
      ['open-in-thread /proc/self/status', 0],
      ['open-in-thread /proc/self/cwd/letter', 0],
      ['open-in-thread /proc/thread-self/comm', 0],
    ],
    asked: [
      'open regular /proc/self/status r',
      'open regular letter r',
      'open regular /proc/self/task/[tid]/comm r',
    ],
  },
  {
    title: 'files taken for directories on the way',
    before: 'chmod +x letter',
    steps: [
      ['open letter/new write create', ENOTDIR],
      ['open letter/..', ENOTDIR],
      ['open letter/.', ENOTDIR],
      ['mkdir letter/new', ENOTDIR],
      ['symlink x letter/new', ENOTDIR],
    ],
    asked: [],
  },
  {
    title: 'a search along PATH',
    before: 'mkdir -p empty closed bin; cp "$(command -v sh)" bin/found; touch closed/found',
    steps: [
      ['search-in missing:empty:letter:closed:bin:/usr/bin', 0],
      ['run found -c :', 0],
      ['run lost', ENOENT],
    ],
    asked: ['execute bin/found'],
  },
  {
    title: 'programs by their descriptors',
    before: 'cp /usr/bin/true program; cp program other',
    steps: [
      ['open program', 0],
      ['execute-descriptor', 0],
      ['run /proc/self/fd/%d', 0],
      ['unlink program', 0],
      ['execute-descriptor', 0],
      ['open other', 0],
      ['unlink other', 0],
      ['run /proc/self/fd/%d', 0],
      ['open letter', 0],
      ['execute-descriptor', EACCES],
    ],
    asked: [
      'open regular program r',
      'execute program',
      'execute program',
      'remove regular program',
      'open regular other r',
      'remove regular other',
      'execute other',
      'open regular letter r',
    ],
  },
  {
    title: 'a program in memory',
    before: 'cp /usr/bin/true program; printf "#!$PWD/program\\n" >script; chmod +x script',
    steps: [
      ['open-memory', 0],
      ['fill-memory script', 0],
      ['execute-descriptor', 0],
      ['run /proc/self/fd/%d', 0],
    ],
    asked: ['open regular script r', 'execute program', 'execute program'],
  },
  {
    title: 'devices, and the one that overlays mark with what is gone',
    steps: [
      ['make-device null 1 3', 0],
      ['make-device gone 0 0', 0],
      ['make-device null 0 0', EEXIST],
    ],
    asked: ['make char-device null', 'make char-device gone whiteout'],
    by: root,
    both: true,
  },
  {
    title: 'the wrong removal',
    before: 'mkdir directory',
    steps: [
      ['unlink directory', EISDIR],
      ['unlink letter remove-directory', ENOTDIR],
    ],
    asked: ['remove regular directory', 'remove directory letter'],
  },
];

for (const {
  title,
  before,
  steps,
  asked,
  gaps = [],
  changed,
  by,
  lack: unlike,
  both,
  unenforceable,
  within,
} of cases) {
  const performer = by ?? ordinary;
  const lack =
    unlike ??
    (both ? undefined : lacksOtherTracer()) ??
    performer.lack ??
    lacksCompiler() ??
    lacksLandlock() ??
    lacksTracer();
  testWhere(operations, lack, title, async () => {
    const stage = new Stage(title, performer, { letter: 'private\n' });
    const command = [fixtureProgram('take-steps'), ...steps.map(([step]) => step)];
    const profile = stage.profile('learned');
    const trace = join(stage.directory, 'trace.jsonl');
    const perform = async (words: readonly string[]) => {
      stage.reset();
      if (before !== undefined) await stage.perform(['sh', '-ec', before]);
      if (within === undefined) return stage.perform(words);
      return stage.perform(['unshare', '-m', 'sh', '-ec', within, 'sh', ...words]);
    };
    const errors = steps.map(([step, errno]) => `${step}: ${errno}`);
    const said = (stdout: string) => {
      const numbers = stdout.split('\n');
      return steps.map(([step], index) => `${step}: ${numbers[index]}`);
    };
    assert.equal(said((await perform(command)).stdout), errors, 'bare');
    const learned = await perform(
      learning(profile, command, '--trace', trace, '--allow-incomplete'),
    );
    assert.equal(said(learned.stdout), errors, learned.stderr);
    const found = await learnedBy(trace, command[0] ?? '');
    const own = found.operations
      .map((operation) => spelled(operation, stage.work))
      .filter((line) => line !== `execute ${command[0]}`);
    assert.equal(own, asked);
    assert.equal(
      found.gaps.map(({ kind }) => kind),
      gaps,
    );
    if (changed !== undefined) assert.equal(await changedIn(trace, stage.work), changed);
    if (unenforceable) return;
    const enforced = await perform(enforcing(profile, command));
    assert.equal(said(enforced.stdout), errors, `enforced: ${enforced.stderr}`);
  });
}

operations.run();

async function changedIn(trace: string, work: string): Promise<readonly string[]> {
  const { objects } = await readTrace(trace);
  return [...objects].flatMap(({ path, changed }) =>
    changed ? [path.replace(`${work}/`, '')] : [],
  );
}

/** An operation in one line, its paths beneath the working directory. */
function spelled(operation: Operation, work: string): string {
  const near = (path: string) => (path === work ? '.' : path.replace(`${work}/`, ''));
  switch (operation.kind) {
    case 'open': {
      const { type, path, read, write, truncate, create } = operation;
      const access = `${read ? 'r' : ''}${write ? 'w' : ''}${truncate ? 't' : ''}`;
      return `open ${type} ${near(path)} ${access}${create === 'no' ? '' : ` ${create}`}`;
    }
    case 'open-unnamed':
      return `open-unnamed ${near(operation.directory)} ${operation.read ? 'r' : ''}${operation.write ? 'w' : ''}`;
    case 'make': {
      const whiteout = operation.whiteout === true ? ' whiteout' : '';
      return `make ${operation.type} ${near(operation.path)}${whiteout}`;
    }
    case 'remove':
      return `remove ${operation.type} ${near(operation.path)}`;
    case 'truncate':
      return `truncate ${near(operation.path)}`;
    case 'link':
      return `link ${operation.type} ${near(operation.from)} ${near(operation.to)}`;
    case 'rename': {
      const { type, from, to, replaced, exchange } = operation;
      const how = exchange ? 'exchanging' : 'replacing';
      const other = replaced === null ? '' : ` ${how} ${replaced}`;
      return `rename ${type} ${near(from)} ${near(to)}${other}`;
    }
    case 'execute':
      return ['execute', operation.program, ...named(operation.interpreters, work)]
        .map(near)
        .join(' ');
    default:
      return operation.kind;
  }
}

/** The interpreters that are there by the test's own making. */
function named(interpreters: readonly string[], work: string): readonly string[] {
  return interpreters.filter((path) => path.startsWith(`${work}/`) && !path.includes('/ld-'));
}

function lacksOtherTracer() {
  return testedTracer === 'permissive'
    ? undefined
    : 'these operations are those of the tracer permissive';
}

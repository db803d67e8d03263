import { existsSync, constants as open } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FsRight } from '../../landlock/abi.js';
import {
  accessNames,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import { domainOf, judge } from '../../landlock/domain.js';
import { parentOf } from '../../landlock/hierarchy.js';
import { grantedAt } from '../../landlock/layer.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { requiredAccess } from '../../landlock/required-access.js';
import { emptyRuleset, type PathBeneath, type Ruleset } from '../../landlock/ruleset.js';
import { landlockSupport } from '../../landlock/support.js';
import { inDirectory } from '../support/command.js';
import { lacksLandlock, lacksRoot, testWhere } from '../support/requirements.js';
import { type Attempt, askKernel, plant } from './kernel-oracle.js';

const required = suite('required access');

/** An attempt in a planted tree, and the operations that the model has for it. */
interface Row {
  readonly title: string;
  /** See `plant`. */
  readonly tree: string;
  readonly operations: (at: At) => readonly Operation[];
  readonly attempt: (at: At) => Attempt;
  /** How it ends when Landlock lets it pass. */
  readonly end?: string;
}

type At = (name: string) => string;

/** The newest ABI that is measured here; what came later has no kernel to be held against yet. */
const support = landlockSupport();
const abi = support.available ? Math.min(support.abi, 7) : 7;

const rows: readonly Row[] = [
  opening('a file to read', 'O_RDONLY', { read: true }),
  opening('a file to write', 'O_WRONLY', { write: true }),
  opening('a file to append', 'O_WRONLY O_APPEND', { write: true }),
  opening('a file to read and write', 'O_RDWR', { read: true, write: true }),
  opening('a file to read and truncate', 'O_RDONLY O_TRUNC', { read: true, truncate: true }),
  opening('a file to write and truncate', 'O_WRONLY O_TRUNC', { write: true, truncate: true }),
  opening('an existing file with O_CREAT', 'O_WRONLY O_CREAT O_TRUNC', {
    write: true,
    truncate: true,
    create: 'existing',
  }),
  opening('a fifo', 'O_RDWR', { read: true, write: true, type: 'fifo', tree: 'a/f|' }),
  opening('a fifo to truncate, which cannot be truncated', 'O_RDWR O_TRUNC', {
    read: true,
    write: true,
    truncate: true,
    type: 'fifo',
    tree: 'a/f|',
  }),
  opening('a directory', 'O_RDONLY O_DIRECTORY', {
    read: true,
    type: 'directory',
    tree: 'a/f/',
  }),
  opening('a new file to write', 'O_WRONLY O_CREAT', { write: true, create: 'new', tree: 'a/' }),
  opening('a new file to read', 'O_RDONLY O_CREAT', { read: true, create: 'new', tree: 'a/' }),
  opening('a new file to truncate, which truncates nothing', 'O_RDWR O_CREAT O_TRUNC', {
    read: true,
    write: true,
    truncate: true,
    create: 'new',
    tree: 'a/',
  }),
  opening('a new file with O_EXCL', 'O_WRONLY O_CREAT O_EXCL O_TRUNC', {
    write: true,
    truncate: true,
    create: 'exclusive',
    tree: 'a/',
  }),
  {
    title: 'opening a file by a symlink asks for the file alone',
    tree: 'a/anywhere a/l@',
    operations: (at) => [opened(at('a/anywhere'), { read: true })],
    attempt: (at) => ['open', at('a/l'), open.O_RDONLY],
  },
  {
    title: 'opening a file with the access mode 3 asks for nothing',
    tree: 'a/f',
    operations: (at) => [opened(at('a/f'), {})],
    attempt: (at) => ['open', at('a/f'), 3],
  },
  {
    title: 'opening a file by its path alone asks for nothing',
    tree: 'a/f',
    operations: () => [],
    attempt: (at) => ['open', at('a/f'), 0o10000000],
  },
  ...(['O_WRONLY', 'O_RDWR'] as const).map(
    (mode): Row => ({
      title: `opening a file without a name, ${mode}`,
      tree: 'a/',
      operations: (at) => [
        { kind: 'open-unnamed', directory: at('a'), read: mode === 'O_RDWR', write: true },
      ],
      attempt: (at) => ['open', at('a'), 0o20200000 | open[mode]],
    }),
  ),
  {
    title: 'executing a program, and its ELF interpreter',
    tree: 'a/x*',
    operations: (at) => [{ kind: 'execute', program: at('a/x'), interpreters: [at('a/x.ld')] }],
    attempt: (at) => ['execute', at('a/x')],
  },
  {
    title: 'executing a script, its interpreter, and the ELF interpreter of that',
    tree: 'a/x* a/s#x',
    operations: (at) => [
      { kind: 'execute', program: at('a/s'), interpreters: [at('a/x'), at('a/x.ld')] },
    ],
    attempt: (at) => ['execute', at('a/s')],
  },
  making('directory', (path) => ['mkdir', path]),
  making('symlink', (path) => ['symlink', path]),
  making('regular', (path) => ['mknod', path, 'regular']),
  making('fifo', (path) => ['mknod', path, 'fifo']),
  making('socket', (path) => ['mknod', path, 'socket']),
  making('socket', (path) => ['bind-path', path]),
  removing('regular', 'a/f', 'unlink'),
  removing('symlink', 'a/f@', 'unlink'),
  removing('fifo', 'a/f|', 'unlink'),
  removing('socket', 'a/f=', 'unlink'),
  removing('directory', 'a/f/', 'rmdir'),
  ...(['regular', 'symlink', 'fifo', 'socket', 'directory'] as const).flatMap((type) => [
    moving('rename', 'within a directory', type, 'a/f', 'a/g'),
    moving('rename', 'to another directory', type, 'a/f', 'b/g'),
    moving('rename', 'to a directory beneath', type, 'a/f', 'a/b/g'),
    moving('rename', 'to the directory above', type, 'a/b/f', 'a/g'),
    moving('rename', 'within a directory, over another', type, 'a/f', 'a/g', type),
    moving('rename', 'to another directory, over another', type, 'a/f', 'b/g', type),
    moving('exchange', 'within a directory', type, 'a/f', 'a/g', 'regular'),
    moving('exchange', 'over two directories', type, 'a/f', 'b/g', 'regular'),
    moving('exchange', 'over two directories', type, 'a/f', 'b/g', 'directory'),
  ]),
  moving('rename', 'within a directory, over a symlink', 'regular', 'a/f', 'a/g', 'symlink'),
  moving('rename', 'to another directory, over a fifo', 'regular', 'a/f', 'b/g', 'fifo'),
  ...(['regular', 'symlink', 'fifo', 'socket'] as const).flatMap((type) => [
    moving('link', 'within a directory', type, 'a/f', 'a/g'),
    moving('link', 'to another directory', type, 'a/f', 'b/g'),
    moving('link', 'to a directory beneath', type, 'a/f', 'a/b/g'),
  ]),
  {
    title: 'truncating a file by its name',
    tree: 'a/f',
    operations: (at) => [{ kind: 'truncate', path: at('a/f') }],
    attempt: (at) => ['truncate', at('a/f')],
  },
  {
    title: 'truncating a file that is open',
    tree: 'a/f',
    operations: (at) => [opened(at('a/f'), { write: true }), { kind: 'truncate', path: at('a/f') }],
    attempt: (at) => ['ftruncate', at('a/f'), open.O_WRONLY],
  },
  {
    title: 'mounting, which nothing allows',
    tree: 'a/',
    operations: () => [{ kind: 'change-topology', call: 'mount' }],
    attempt: (at) => ['mount', at('a')],
  },
];

/** What only root may plant or make. */
const rowsOfRoot: readonly Row[] = [
  making('char-device', (path) => ['mknod', path, 'char-device']),
  making('block-device', (path) => ['mknod', path, 'block-device']),
  removing('char-device', 'a/f%', 'unlink'),
  moving('rename', 'within a directory', 'char-device', 'a/f', 'a/g'),
  moving('rename', 'to another directory', 'char-device', 'a/f', 'b/g'),
  opening('a device', 'O_RDWR', { read: true, write: true, type: 'char-device', tree: 'a/f%' }),
  ...(
    [
      ['TCGETS', 0x5401],
      ['FIONREAD', 0x541b],
      ['TIOCGWINSZ', 0x5413],
    ] as const
  ).map(
    ([name, request]): Row => ({
      title: `asking ${name} of a device`,
      tree: 'a/c%',
      operations: (at) => [
        opened(at('a/c'), { read: true, type: 'char-device' }),
        { kind: 'device-ioctl', path: at('a/c'), type: 'char-device' },
      ],
      attempt: (at) => ['ioctl', at('a/c'), request],
      end: 'ENOTTY',
    }),
  ),
  ...(
    [
      ['FIOCLEX', 0x5451, 'ok'],
      ['FIONCLEX', 0x5450, 'ok'],
      ['FIONBIO', 0x5421, 'ok'],
      ['FIOQSIZE', 0x5460, 'ENOTTY'],
      ['FIGETBSZ', 2, 'ok'],
    ] as const
  ).map(
    ([name, request, end]): Row => ({
      title: `asking ${name} of a device, which is exempt`,
      tree: 'a/c%',
      operations: (at) => [opened(at('a/c'), { read: true, type: 'char-device' })],
      attempt: (at) => ['ioctl', at('a/c'), request],
      end,
    }),
  ),
  {
    title: 'asking a pipe asks for no right beyond opening it',
    tree: 'a/f|',
    operations: (at) => [opened(at('a/f'), { read: true, write: true, type: 'fifo' })],
    attempt: (at) => ['open', at('a/f'), open.O_RDWR],
  },
];

const lack = lacksLandlock(7);

testWhere(required, lack, 'is what the kernel needs, and any part of it less is denied', () =>
  agreesWithTheKernel(rows),
);

testWhere(
  required,
  lack ?? lacksRoot(),
  'is what the kernel needs for what only root can do, and any part of it less is denied',
  () => agreesWithTheKernel(rowsOfRoot),
);

required.run();

/** Asks the kernel each row with exactly the rights of the model, and with each of them dropped. */
function agreesWithTheKernel(table: readonly Row[]): Promise<void> {
  return inDirectory((directory) => {
    const questions = table.flatMap((row, number) =>
      questionsOf(row, join(directory, String(number))),
    );
    const ruleset = { ...emptyRuleset(abi), paths: questions.flatMap(({ rules }) => rules) };
    const answers = askKernel({
      abi,
      layers: [ruleset],
      attempts: questions.map(({ attempt }) => attempt),
    });
    for (const [number, { title, expected }] of questions.entries()) {
      assert.is(answers[number], expected, title);
    }
  });
}

interface Question {
  readonly title: string;
  readonly rules: readonly PathBeneath[];
  readonly attempt: Attempt;
  /** By the model. */
  readonly expected: string;
}

function questionsOf(row: Row, directory: string): readonly Question[] {
  const question = (name: string, dropped?: (rules: readonly PathBeneath[]) => Dropped) => {
    const root = join(directory, name);
    plant(root, row.tree);
    const at: At = (path) => join(root, path);
    const operations = row.operations(at);
    const exact = exactRules(operations);
    const { rules, what } = dropped?.(exact) ?? { rules: exact, what: 'all that is required' };
    const expected = verdictOf(operations, rules) ?? row.end ?? 'ok';
    return { title: `${row.title}, with ${what}`, rules, attempt: row.attempt(at), expected };
  };
  const whole = question('whole');
  const rights = whole.rules.flatMap(({ access }, rule) =>
    accessNames('fs', access).map((right) => ({ rule, right })),
  );
  const less = rights.map(({ rule, right }, number) =>
    question(String(number), (rules) => without(rules, rule, right)),
  );
  if (row.operations((name) => `/${name}`).some(({ kind }) => kind !== 'change-topology')) {
    assert.is(whole.expected, row.end ?? 'ok', `${whole.title}: what is required does not suffice`);
  }
  for (const { title, expected } of less) {
    assert.is.not(expected, row.end ?? 'ok', `${title}: the model asks for what is not needed`);
  }
  return [whole, ...less];
}

interface Dropped {
  readonly rules: readonly PathBeneath[];
  readonly what: string;
}

function without(rules: readonly PathBeneath[], rule: number, right: FsRight): Dropped {
  return {
    rules: rules
      .map((one, at) =>
        at === rule ? { ...one, access: difference(one.access, fsAccess(right)) } : one,
      )
      .filter(({ access }) => access !== 0),
    what: `all that is required but ${right} on ${rules[rule]?.path.split('/').at(-1)}`,
  };
}

/** The rules that grant what the model asks for, each on the very object, or where it will be. */
function exactRules(operations: readonly Operation[]): readonly PathBeneath[] {
  const granted = new Map<string, FsAccess>();
  const grant = (path: string, access: FsAccess) =>
    granted.set(path, union(granted.get(path) ?? fsAccess(), access));
  const requirements = operations.flatMap((operation) => requiredAccess(operation, abi));
  for (const requirement of requirements) {
    if (requirement.kind !== 'path') continue;
    grant(existing(requirement.path), requirement.access);
  }
  for (const requirement of requirements) {
    if (requirement.kind !== 'no-gain') continue;
    const [layer] = domainOf(abi, rulesetOf(granted)).layers;
    if (layer === undefined) continue;
    const { from, to, among } = requirement;
    const gain = difference(grantedAt(layer, parentOf(to)), grantedAt(layer, from));
    const unwanted = intersection(gain, among);
    if (unwanted !== 0) grant(parentOf(from), unwanted);
  }
  return withoutCovered(rulesetOf(granted));
}

/** The rules without the rights that a rule above grants already. */
function withoutCovered(ruleset: Ruleset): readonly PathBeneath[] {
  const [layer] = domainOf(abi, ruleset).layers;
  if (layer === undefined) return [];
  return ruleset.paths
    .map(({ path, access }) => ({
      path,
      access: difference(access, grantedAt(layer, parentOf(path))),
    }))
    .filter(({ access }) => access !== 0);
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(parentOf(path));
}

function rulesetOf(granted: ReadonlyMap<string, FsAccess>): Ruleset {
  return { ...emptyRuleset(abi), paths: [...granted].map(([path, access]) => ({ path, access })) };
}

/** The error of the first operation that the model denies. */
function verdictOf(
  operations: readonly Operation[],
  paths: readonly PathBeneath[],
): string | undefined {
  const domain = domainOf(abi, { ...emptyRuleset(abi), paths });
  for (const operation of operations) {
    const verdict = judge(domain, operation);
    if (!verdict.allowed) return verdict.errno;
  }
  return undefined;
}

interface Opening {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly truncate?: boolean;
  readonly create?: 'new' | 'exclusive' | 'existing';
  readonly type?: FileType;
  readonly tree?: string;
}

function opened(path: string, { read, write, truncate, create, type }: Opening): Operation {
  return {
    kind: 'open',
    path,
    type: type ?? 'regular',
    read: read ?? false,
    write: write ?? false,
    truncate: truncate ?? false,
    create: create ?? 'no',
  };
}

function opening(what: string, flags: string, how: Opening): Row {
  const mask = flags
    .split(' ')
    .map((name) => open[name as 'O_RDONLY'])
    .reduce((all, flag) => all | flag, 0);
  return {
    title: `opening ${what}`,
    tree: how.tree ?? 'a/f',
    operations: (at) => [opened(at('a/f'), how)],
    attempt: (at) => ['open', at('a/f'), mask],
  };
}

function making(type: FileType, attempt: (path: string) => Attempt): Row {
  return {
    title: `making a ${type} by ${attempt('')[0]}`,
    tree: 'a/',
    operations: (at) => [{ kind: 'make', path: at('a/f'), type }],
    attempt: (at) => attempt(at('a/f')),
  };
}

function removing(type: FileType, tree: string, call: 'unlink' | 'rmdir'): Row {
  return {
    title: `removing a ${type} by ${call}`,
    tree,
    operations: (at) => [{ kind: 'remove', path: at('a/f'), type }],
    attempt: (at) => [call, at('a/f')],
  };
}

function moving(
  call: 'rename' | 'exchange' | 'link',
  where: string,
  type: FileType,
  from: string,
  to: string,
  replaced: FileType | null = null,
): Row {
  const mark: Readonly<Record<FileType, string>> = {
    regular: '',
    directory: '/',
    symlink: '@',
    fifo: '|',
    socket: '=',
    'char-device': '%',
    'block-device': '',
  };
  const target = replaced === null ? `${parentOf(`/${to}`).slice(1)}/` : to + mark[replaced];
  const over = replaced === null ? '' : ` (${replaced})`;
  return {
    title: `${call} of a ${type} ${where}${over}`,
    tree: `${from}${mark[type]} ${target}`,
    operations: (at) => {
      const names = { from: at(from), to: at(to), type };
      if (call === 'link') return [{ kind: 'link', ...names }];
      return [{ kind: 'rename', ...names, replaced, exchange: call === 'exchange' }];
    },
    attempt: (at) => [call, at(from), at(to)],
  };
}

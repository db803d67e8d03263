import { groundsOfRules } from '../../inference/decisions/grounds.js';
import type {
  Inference,
  PathRule,
  PathUse,
  PortRule,
  Unscoped,
  Why,
} from '../../inference/inference.js';
import type { FsRight } from '../../landlock/abi.js';
import { fsAccess, netAccess } from '../../landlock/access-set.js';
import { decidedProfile } from '../../profiles/decided.js';
import { profileOf } from '../../profiles/from-inference.js';
import type { ReviewSubject } from '../../tui/subject.js';

/** One program's use of a path, by default as often as it takes to be seen. */
export function use(
  program: string,
  call: string,
  path: string,
  rights: readonly FsRight[],
  count = 1,
  why: Why = 'observed',
): PathUse {
  return { executable: `/usr/bin/${program}`, call, count, path, access: fsAccess(...rights), why };
}

/** A rule on a file that one program read. */
export function readRule(path: string): PathRule {
  return fileRule(path, ['read_file'], [use('cat', 'openat', path, ['read_file'])]);
}

export function fileRule(
  path: string,
  rights: readonly FsRight[],
  uses: readonly PathUse[],
): PathRule {
  return { path, directory: false, access: fsAccess(...rights), uses, guarded: undefined };
}

export function directoryRule(
  path: string,
  rights: readonly FsRight[],
  uses: readonly PathUse[],
  guarded?: string,
  unused?: number,
): PathRule {
  const access = fsAccess(...rights);
  const rule = { path, directory: true, access, uses, guarded };
  if (unused === undefined) return rule;
  return { ...rule, opens: [{ access, what: 'files', count: unused }] };
}

export function inferenceOf(parts: Partial<Inference>): Inference {
  return { abi: 7, paths: [], ports: [], unscoped: [], creations: [], findings: [], ...parts };
}

export function subjectOf(inference: Inference): ReviewSubject {
  return {
    command: 'git fetch origin',
    output: 'git.landlock.toml',
    facts: ['git ended with status 0.', 'One process outlived the run.'],
    inference,
    grounds: groundsOfRules(inference),
    decisions: [],
    dearness: Number.POSITIVE_INFINITY,
    variables: [{ name: 'HOME', path: '/home/ann' }],
    profile: (decided, decisions) =>
      decidedProfile(
        profileOf(decided, { tool: 'll-learn', tracer: 'strace', commands: [['git']], gaps: [] }),
        decisions,
      ),
    differences: () => undefined,
    formats: [{ name: 'names', write: ({ abi }) => `ABI ${abi}\n` }],
  };
}

/** A bit of everything that a review can show. */
export function gitFetch(): Inference {
  return inferenceOf({ paths: gitPaths, ports, unscoped, ...remarks });
}

/** So many rules that only a window of them can be drawn. */
export function manyRules(count: number): Inference {
  return inferenceOf({
    paths: Array.from({ length: count }, (_, at) =>
      readRule(`/srv/d${at % 50}/sub${at % 500}/file${at}`),
    ),
  });
}

const tool = '/home/ann/src/tool';

const gitPaths: readonly PathRule[] = [
  fileRule(
    '/dev/null',
    ['read_file', 'write_file'],
    [use('git', 'openat', '/dev/null', ['read_file', 'write_file'], 9)],
  ),
  fileRule(
    '/dev/tty',
    ['read_file', 'write_file', 'ioctl_dev'],
    [
      use('ssh', 'openat', '/dev/tty', ['read_file', 'write_file'], 2),
      use('ssh', 'ioctl', '/dev/tty', ['ioctl_dev'], 2),
    ],
  ),
  fileRule(
    '/etc/passwd',
    ['read_file'],
    [
      use('git', 'openat', '/etc/passwd', ['read_file'], 2),
      use('ssh', 'openat', '/etc/passwd', ['read_file']),
    ],
  ),
  fileRule(
    '/etc/ssh/ssh_config',
    ['read_file'],
    [use('ssh', 'openat', '/etc/ssh/ssh_config', ['read_file'])],
  ),
  directoryRule(
    '/etc/ssh/ssh_config.d',
    ['read_dir'],
    [use('ssh', 'openat', '/etc/ssh/ssh_config.d', ['read_dir'])],
  ),
  directoryRule(
    '/home/ann/.ssh',
    ['read_file', 'read_dir'],
    [use('ssh', 'openat', '/home/ann/.ssh/id_ed25519', ['read_file'], 5)],
    'SSH keys',
  ),
  directoryRule(
    `${tool}/.git`,
    ['read_file', 'read_dir', 'write_file', 'make_reg', 'refer'],
    [
      use('git', 'openat', `${tool}/.git/objects/pack`, ['read_file', 'read_dir'], 1204),
      use('git', 'openat', `${tool}/.git/index.lock`, ['write_file', 'make_reg'], 31, 'lifted'),
      use('git', 'rename', `${tool}/.git`, ['refer', 'make_reg'], 31, 'equalised'),
    ],
  ),
  readRule(`${tool}/e\x1b[31mvil\u202e\udcff.txt`),
  readRule(`${tool}/文档/说明书.md`),
  directoryRule(
    '/usr/lib/x86_64-linux-gnu',
    ['read_file', 'execute'],
    [use('git', 'openat', '/usr/lib/x86_64-linux-gnu/libc.so.6', ['read_file', 'execute'], 12)],
    undefined,
    214,
  ),
];

const ports: readonly PortRule[] = [
  {
    port: 443,
    access: netAccess('connect_tcp'),
    uses: [{ executable: '/usr/lib/git-core/git-remote-https', call: 'connect', count: 3 }],
  },
];

const unscoped: readonly Unscoped[] = [
  { scope: 'signal', uses: [{ executable: '/usr/bin/git', call: 'kill', count: 1 }] },
];

const remarks: Pick<Inference, 'creations' | 'findings'> = {
  creations: [{ path: `${tool}/.git`, kind: 'directory', mode: 0o755 }],
  findings: [{ severity: 'impossible', sentence: 'git called mount, which no rule can allow.' }],
};

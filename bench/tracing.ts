import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { straceArguments } from '../tracer/strace/invocation.js';
import { table } from './table.js';

/**
 * What learning costs the program that is watched: wall time of the same work untraced, under
 * ll-learn, and under the peer (`strace`, with its log thrown away), start-up included, as ratios
 * to the untraced run. The runs of a workload alternate, so that a machine that slows down slows
 * all of them; medians of five.
 */
export function benchTracing(): void {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  try {
    const head = ['', 'untraced', ...contestants.map(({ name }) => name)];
    const rows = workloads(directory).map((workload) => rowOf(workload, directory));
    process.stdout.write(table([head, startUpRow(directory), ...rows]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Workload {
  readonly name: string;
  readonly command: readonly string[];
  /** Contestants that would take minutes. */
  readonly without?: readonly string[];
}

interface Contestant {
  readonly name: string;
  readonly wrap: (command: readonly string[], directory: string) => readonly string[];
}

const built = (file: string) => new URL(`../dist/${file}`, import.meta.url).pathname;
const emptySupervisor = new URL('./empty-supervisor.ts', import.meta.url).pathname;

const contestants: readonly Contestant[] = [
  { name: 'permissive', wrap: learning('permissive') },
  { name: 'll-learn by strace', wrap: learning('strace') },
  {
    name: 'strace --seccomp-bpf',
    wrap: ([program = '', ...rest]) => [
      'strace',
      ...straceArguments('/dev/null', { program, argv: [program, ...rest] }),
    ],
  },
  {
    name: 'strace %file,%network',
    wrap: (command) => ['strace', '-f', '-e', '%file,%network', '-o', '/dev/null', ...command],
  },
  {
    name: 'only answering',
    wrap: (command) => [process.execPath, '--import', 'tsx', emptySupervisor, ...command],
  },
];

function learning(tracer: string): Contestant['wrap'] {
  return (command, directory) => [
    process.execPath,
    built('cli/main.js'),
    '--no-review',
    '--tracer',
    tracer,
    '--allow-incomplete',
    '-o',
    join(directory, 'bench.landlock.toml'),
    '--',
    ...command,
  ];
}

function workloads(directory: string): readonly Workload[] {
  const loop = (count: number) =>
    `const f=require("fs");for(let i=0;i<${count};i++)f.closeSync(f.openSync("/etc/passwd"))`;
  const project = makeProject(join(directory, 'project'), 30);
  const repository = makeRepository(join(directory, 'repository'), 2000);
  const clone = join(directory, 'clone');
  return [
    { name: '50,000 × open+close', command: [process.execPath, '-e', loop(50_000)] },
    {
      name: 'find /usr/lib /usr/share',
      command: ['/usr/bin/find', '/usr/lib', '/usr/share', '-name', 'zz'],
    },
    {
      name: 'git clone+log+status, 2,000 files',
      command: [
        '/bin/sh',
        '-c',
        `rm -rf ${clone}; git clone -q ${repository} ${clone}; git -C ${clone} log -1; git -C ${clone} status`,
      ],
    },
    {
      name: 'make -j2, 30 C files',
      command: ['/bin/sh', '-c', `rm -f ${project}/*.o; exec make -s -j2 -C ${project}`],
    },
    {
      name: 'tar /usr/include',
      command: ['/bin/tar', '-cf', '/dev/null', '-C', '/', 'usr/include'],
    },
    {
      name: 'python3 import http.server',
      command: ['/usr/bin/python3', '-c', 'import http.server'],
    },
    {
      name: 'dd bs=1, 1 MB',
      command: ['/bin/dd', 'if=/dev/zero', 'of=/dev/null', 'bs=1', 'count=1000000', 'status=none'],
      without: ['strace %file,%network'],
    },
  ];
}

function makeProject(directory: string, files: number): string {
  mkdirSync(directory);
  const names = Array.from({ length: files }, (_, number) => `part${number}`);
  for (const name of names) {
    const code = `#include <stdio.h>\n#include <stdlib.h>\nint ${name}(void) { return puts(""); }\n`;
    writeFileSync(join(directory, `${name}.c`), code);
  }
  writeFileSync(
    join(directory, 'Makefile'),
    `all: ${names.map((name) => `${name}.o`).join(' ')}\n`,
  );
  return directory;
}

function makeRepository(directory: string, files: number): string {
  mkdirSync(directory);
  for (let number = 0; number < files; number++) {
    const place = join(directory, `d${number % 50}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `f${number}`), `${number}\n`);
  }
  const commit = 'git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm all';
  spawnSync('/bin/sh', ['-c', commit], { cwd: directory });
  return directory;
}

/** An odd number, for the median. */
const rounds = 5;

/** Milliseconds from the start until the target runs: what it has to wait for. */
function startUpRow(directory: string): readonly string[] {
  const untilRunning = (wrap: Contestant['wrap']) => {
    const [program = '', ...rest] = wrap(['/bin/date', '+%s%N'], directory);
    const waits = Array.from({ length: rounds }, () => {
      const start = BigInt(Date.now()) * 1_000_000n;
      const { stdout } = spawnSync(program, rest, { encoding: 'utf8' });
      return Number(BigInt(stdout.trim() || 0) - start) / 1e6;
    });
    return `${median(waits).toFixed(0)} ms`;
  };
  const bare = untilRunning((command) => command);
  return ['until the target runs', bare, ...contestants.map(({ wrap }) => untilRunning(wrap))];
}

function rowOf(workload: Workload, directory: string): readonly string[] {
  process.stderr.write(`${workload.name} …\n`);
  const taking = contestants.filter(({ name }) => !workload.without?.includes(name));
  const times = new Map<string, number[]>();
  const note = (name: string, words: readonly string[]) =>
    times.set(name, [...(times.get(name) ?? []), secondsOf(words)]);
  for (let round = 0; round < rounds; round++) {
    note('', workload.command);
    for (const { name, wrap } of taking) note(name, wrap(workload.command, directory));
  }
  const bare = median(times.get('') ?? []);
  const ratios = contestants.map(({ name }) => {
    const taken = times.get(name);
    return taken === undefined ? '-' : `×${(median(taken) / bare).toFixed(2)}`;
  });
  return [workload.name, `${(bare * 1000).toFixed(0)} ms`, ...ratios];
}

function secondsOf([program = '', ...rest]: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { error, status } = spawnSync(program, rest, { stdio: 'ignore' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[program, ...rest].join(' ')} ended with status ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

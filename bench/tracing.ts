import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { straceArguments } from '../tracer/strace/invocation.js';
import { table } from './table.js';

/**
 * What learning costs the program that is watched: wall time of the same work bare, under the peer
 * (`strace`, with its log thrown away), and under ll-learn, as ratios to the bare run. The runs of
 * a workload alternate, so that a machine that slows down slows all of them.
 */
export function benchTracing(): void {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  try {
    const head = ['workload', 'bare', ...contestants.map(({ name }) => name)];
    const rows = workloads(directory).map((workload) => rowOf(workload, directory));
    process.stdout.write(table([head, ...rows]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Workload {
  readonly name: string;
  readonly command: readonly string[];
}

interface Contestant {
  readonly name: string;
  readonly wrap: (command: readonly string[], directory: string) => readonly string[];
}

const ownProgram = new URL('../dist/cli/main.js', import.meta.url).pathname;

const contestants: readonly Contestant[] = [
  {
    name: 'strace -f',
    wrap: (command) => ['strace', '-f', '-o', '/dev/null', '--', ...command],
  },
  {
    name: 'strace, these calls',
    wrap: ([program = '', ...rest]) => [
      'strace',
      ...straceArguments('/dev/null', { program, argv: [program, ...rest] }),
    ],
  },
  {
    name: 'll-learn (strace)',
    wrap: (command, directory) => [
      process.execPath,
      ownProgram,
      '--no-review',
      '--tracer',
      'strace',
      '--keep-partial',
      '--allow-incomplete',
      '-o',
      join(directory, 'bench.landlock.toml'),
      '--',
      ...command,
    ],
  },
];

function workloads(directory: string): readonly Workload[] {
  const project = join(directory, 'project');
  mkdirSync(project);
  const names = Array.from({ length: 12 }, (_, number) => `part${number}`);
  for (const name of names) {
    writeFileSync(
      join(project, `${name}.c`),
      `#include <stdio.h>\nint ${name}(void){return puts("");}\n`,
    );
  }
  const objects = names.map((name) => `${name}.o`).join(' ');
  writeFileSync(join(project, 'Makefile'), `all: ${objects}\n`);
  const openLoop = 'for(let i=0;i<20000;i++)f.closeSync(f.openSync("/etc/passwd"))';
  return [
    { name: 'find /usr/share/doc', command: ['find', '/usr/share/doc', '-name', 'zzz'] },
    {
      name: '20,000 × open+close',
      command: [process.execPath, '-e', `const f=require("fs");${openLoop}`],
    },
    {
      name: 'make -j2, 12 C files',
      command: ['sh', '-c', `rm -f ${project}/*.o; exec make -s -j2 -C ${project}`],
    },
    { name: 'python3 -c "import json"', command: ['/usr/bin/python3', '-c', 'import json, ssl'] },
  ];
}

/** An odd number, for the median. */
const rounds = 5;

function rowOf(workload: Workload, directory: string): readonly string[] {
  const times = [undefined, ...contestants].map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    [undefined, ...contestants].forEach((contestant, index) => {
      const words = contestant?.wrap(workload.command, directory) ?? workload.command;
      times[index]?.push(secondsOf(words));
    });
  }
  const [bare = 0, ...others] = times.map(median);
  return [
    workload.name,
    `${(bare * 1000).toFixed(0)} ms`,
    ...others.map((seconds) => `×${(seconds / bare).toFixed(2)}`),
  ];
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
